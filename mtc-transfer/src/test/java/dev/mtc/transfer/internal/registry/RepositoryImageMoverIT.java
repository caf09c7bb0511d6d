package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import dev.mtc.transfer.testing.MemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes through a repository and what it costs, and what happens when that is not as it should be. */
class RepositoryImageMoverIT {

    private static final String PLAN = "shop-1a2b";

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.open();
    private final MemoryObjectStore store = MemoryObjectStore.empty();
    private final RunContext context = new RunContext("run", store, source.connection(), target.connection());
    private final RepositoryImageMover mover = newMover();

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private static RepositoryImageMover newMover() {
        return new RepositoryImageMover(new Limits(4, 4, Duration.ofMillis(1)));
    }

    private ImageMove in(String image) {
        return new ImageMove("in " + image, source.host() + "/" + image, stored(image));
    }

    private ImageMove out(String from, String to) {
        return new ImageMove("out " + to, stored(from), target.host() + "/" + to);
    }

    private String stored(String image) {
        return new RepositoryImage(PLAN, source.host() + "/" + image).toString();
    }

    /** Copies as another process would. */
    private TransferStatus.Succeeded copied(ImageMove move) {
        return Copying.copied(newMover(), move, context);
    }

    private static byte[] manifest(FakeRegistry registry, String reference) {
        return registry.manifest(reference).orElseThrow();
    }

    private List<ObjectStat> blobs() {
        return store.list(LayoutKeys.BLOBS).toList();
    }

    private byte[] read(String key) {
        try (InputStream in = store.open(key, 0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void copy_ofIndexThroughTheRepository_isByteIdentical() {
        String digest = source.putIndex("shop/web:1", 5, 300_000, 1_000_000);

        TransferStatus.Succeeded in = copied(in("shop/web:1"));
        TransferStatus.Succeeded out = copied(out("shop/web:1", "eu/web:1"));

        assertThat(manifest(target, "eu/web:1")).isEqualTo(manifest(source, "shop/web:1"));
        assertThat(in.proof()).isEqualTo(digest + " on both sides").isEqualTo(out.proof());
        assertThat(in.movedBytes()).isEqualTo(in.totalBytes()).isEqualTo(out.movedBytes());
        assertThat(store.list(LayoutKeys.COPYING)).isEmpty();
    }

    @Test
    void copy_byDigest_isFoundByItsDigest() {
        String digest = source.putImage("shop/web:1", 1000);

        copied(in("shop/web@" + digest));
        copied(out("shop/web@" + digest, "eu/web"));

        assertThat(target.manifest("eu/web@" + digest)).isPresent();
        assertThat(copied(in("shop/web@" + digest)).movedBytes()).isZero();
    }

    @Test
    void copy_again_readsNoBlob() {
        source.putIndex("shop/web:1", 5, 300_000);
        copied(in("shop/web:1"));
        source.forgetRequests();

        TransferStatus.Succeeded again = copied(in("shop/web:1"));

        assertThat(again.movedBytes()).isZero();
        assertThat(source.count(Operation.BLOB_GET)).isZero();
        assertThat(source.count(Operation.MANIFEST_GET)).isZero();
    }

    @Test
    void copy_ofAnotherPlansLayers_movesWhatIsNew() {
        source.putImage("shop/a:1", 400_000);
        source.putImage("shop/b:1", 400_000);
        String other = new RepositoryImage("other-9f", source.host() + "/shop/a:1").toString();
        copied(new ImageMove("other", source.host() + "/shop/a:1", other));

        assertThat(copied(in("shop/b:1")).movedBytes()).isLessThan(2000);
    }

    @Test
    void copy_ofWhatTheTargetHas_doesNotReadTheRepository() {
        source.putImage("shop/a:1", 400_000);
        target.putImage("eu/a:0", 400_000);
        copied(in("shop/a:1"));

        assertThat(copied(out("shop/a:1", "eu/a:1")).movedBytes()).isLessThan(2000);
    }

    @Test
    void estimate_ofBothWays_tellsWhatIsMissing() {
        String digest = source.putImage("shop/web:1", 300_000);
        List<String> platforms = List.of("linux/amd64");

        ImageEstimate before = mover.estimate(in("shop/web:1"), context).orElseThrow();
        TransferStatus.Succeeded end = copied(in("shop/web:1"));

        assertThat(before.missingBytes()).isEqualTo(end.movedBytes());
        assertThat(before).isEqualTo(new ImageEstimate(end.totalBytes(), before.missing(), platforms, digest));
        assertThat(mover.estimate(in("shop/web:1"), context))
                .contains(new ImageEstimate(end.totalBytes(), Map.of(), platforms, digest));
        assertThat(mover.estimate(out("shop/web:1", "eu/web:1"), context))
                .hasValueSatisfying(out -> assertThat(out.missingBytes()).isEqualTo(end.totalBytes()));
    }

    @Test
    void copy_whoseTagMoved_takesTheNewImage() {
        source.putImage("shop/web:1", 1000);
        copied(in("shop/web:1"));
        String digest = source.putImage("shop/web:1", 2000);

        copied(in("shop/web:1"));
        copied(out("shop/web:1", "eu/web:1"));

        assertThat(target.digest("eu/web:1")).contains(digest);
    }

    @Test
    void copy_fromTheRepository_withFlippedBit_namesTheObject() {
        source.putImage("shop/web:1", 1000, 300_000);
        copied(in("shop/web:1"));
        ObjectStat layer = blobs().stream()
                .filter(blob -> blob.sizeBytes() == 300_000)
                .findFirst()
                .orElseThrow();
        byte[] bytes = read(layer.key());
        bytes[150_000] ^= 1;
        store.put(layer.key(), Content.of(bytes));

        TransferStatus.Failed end = Copying.failed(mover, out("shop/web:1", "eu/web:1"), context);

        assertThat(end.reason()).isEqualTo("RepositoryDamaged");
        assertThat(end.message()).contains(layer.key()).contains("another digest");
        assertThat(end.fix()).contains("delete this object");
        assertThat(target.manifest("eu/web:1")).isEmpty();
        assertThat(target.count(Operation.MANIFEST_PUT)).isZero();
    }

    @Test
    void copy_afterADamagedObjectWasDeleted_bringsItAnew() {
        source.putImage("shop/web:1", 1000, 300_000);
        copied(in("shop/web:1"));
        blobs().stream().filter(blob -> blob.sizeBytes() == 300_000).forEach(blob -> store.delete(blob.key()));

        TransferStatus.Failed missing = Copying.failed(mover, out("shop/web:1", "eu/web:1"), context);
        TransferStatus.Succeeded again = copied(in("shop/web:1"));

        assertThat(missing.message()).contains("no such object");
        assertThat(again.movedBytes()).isBetween(300_000L, 302_000L);
        assertThat(copied(out("shop/web:1", "eu/web:1")).proof()).isNotNull();
    }

    @Test
    void copy_fromTheRepository_withCutReads_goesOn() {
        source.putImage("shop/web:1", 1000, 300_000);
        copied(in("shop/web:1"));
        for (int i = 0; i < 8; i++) {
            store.cutAfterBytes(2000);
        }

        copied(out("shop/web:1", "eu/web:1"));

        assertThat(manifest(target, "eu/web:1")).isEqualTo(manifest(source, "shop/web:1"));
    }

    @Test
    void copy_toTheRepository_ofADamagedBlob_keepsNothingOfIt() {
        source.putImage("shop/web:1", 300_000);
        String manifest = new String(manifest(source, "shop/web:1"), StandardCharsets.UTF_8);
        String layer = manifest.substring(manifest.lastIndexOf("sha256:")).substring(0, 71);
        source.corrupt(layer);

        TransferStatus.Failed end = Copying.failed(mover, in("shop/web:1"), context);

        assertThat(end.reason()).isEqualTo("DigestMismatch");
        assertThat(end.message()).contains(layer.substring(7));
        assertThat(store.stat(LayoutKeys.blob(Digest.parse(layer)))).isEmpty();
        assertThat(store.stat(LayoutKeys.index(PLAN))).isEmpty();
    }

    @Test
    void copy_withAStoreThatRefusesNowAndThen_arrives() {
        source.putImage("shop/web:1", 1000, 2000, 3000);
        for (int i = 0; i < 4; i++) {
            store.failNext(new StorageAccessException(Remedy.RETRY, "503 SlowDown", null));
        }

        copied(in("shop/web:1"));
        store.failNext(new StorageAccessException(Remedy.RETRY, "503 SlowDown", null));

        copied(out("shop/web:1", "eu/web:1"));
    }

    @Test
    void copy_withAStoreThatRefusesEachCallTwice_arrives() {
        source.putIndex("shop/web:1", 1000, 2000, 3000, 300_000);
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        ObjectStore busy = before(call -> {
            if (calls.merge(call, 1, Integer::sum) % 3 != 0) {
                throw new StorageAccessException(Remedy.RETRY, "503 SlowDown", null);
            }
        });
        try (RunContext run = new RunContext("busy", busy, source.connection(), target.connection())) {
            Copying.copied(mover, in("shop/web:1"), run);
            Copying.copied(mover, out("shop/web:1", "eu/web:1"), run);
        }

        assertThat(calls).hasSizeGreaterThan(20);
        assertThat(manifest(target, "eu/web:1")).isEqualTo(manifest(source, "shop/web:1"));
    }

    /** {@return the store, with something done before each call, which is told its name and the object's key} */
    private ObjectStore before(Consumer<String> action) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("description")) {
                        action.accept(method.getName() + " " + arguments[0]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void cancel_whileTheStoreWaits_endsSoon() throws InterruptedException {
        source.putImage("shop/web:1", 1000, 300_000);
        CountDownLatch waiting = new CountDownLatch(1);
        ObjectStore stuck = before(call -> {
            if (call.startsWith("put ")) {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new StorageAccessException(Remedy.RETRY, "interrupted", e);
                }
            }
        });
        try (RunContext run = new RunContext("stuck", stuck, source.connection())) {
            ImageMove move = in("shop/web:1");
            TransferRef ref = mover.start(move, run);
            waiting.await();

            mover.cancel(ref, move, run);

            Copying.until("it is cleaned up", () -> mover.cleanUp(ref, move, run));
            assertThat(run.comesToRest()).isTrue();
        }
    }

    @Test
    void copy_withoutABucket_failsAtOnceWithTheWayOut() {
        source.putImage("shop/web:1", 1000);
        store.failNext(new StorageAccessException(
                Remedy.FIX_INPUT, "NoSuchBucket: create the bucket or correct its name", null));

        TransferStatus.Failed end = Copying.failed(mover, in("shop/web:1"), context);

        assertThat(end.kind()).isEqualTo(TransferStatus.Failed.Kind.USER_FIXABLE);
        assertThat(end.reason()).isEqualTo("StorageFailure");
        assertThat(end.message()).contains("create the bucket");
        assertThat(source.count(Operation.BLOB_GET)).isZero();
    }

    @Test
    void copy_withoutARepository_namesTheOption() {
        source.putImage("shop/web:1", 1000);
        try (RunContext none = new RunContext("none", source.connection())) {
            assertThat(Copying.failed(mover, in("shop/web:1"), none).message()).contains("via(");
        }
    }

    @Test
    void copy_ofASignedImage_bringsItsSignatures() {
        source.knowReferrers();
        target.knowReferrers();
        String digest = source.putImage("shop/web:1", 1000);
        String tag = Signatures.push(source, digest, "sig", "shop/web:bill");

        copied(in("shop/web:1"));
        copied(out("shop/web:1", "eu/web:1"));

        assertThat(target.manifest("eu/web@" + tag)).isPresent();
    }

    @Test
    void cancel_whileABlobIsRead_endsSoonAndNamesNothing() {
        source.putImage("shop/web:1", 1000, 300_000);
        source.hold(Operation.BLOB_GET);
        ImageMove move = in("shop/web:1");
        TransferRef ref = mover.start(move, context);
        Copying.until(
                "it is at work",
                () -> mover.poll(ref, move, context) instanceof TransferStatus.Running running
                        && running.totalBytes().isPresent());

        mover.cancel(ref, move, context);

        Copying.until("it is cleaned up", () -> mover.cleanUp(ref, move, context));
        assertThat(store.stat(LayoutKeys.index(PLAN))).isEmpty();
        source.release();
        assertThat(copied(move).proof()).isNotNull();
    }

    @Test
    void copy_ofOnePlatformOfASignedIndex_isAskedAboutOnItsWayInOnly() {
        String index = source.putIndex("shop/web:1", 1000);
        Signatures.push(source, index, "", "shop/web:" + index.replace(':', '-') + ".sig");
        context.choosing(ImageChoice.copy().platforms("linux/amd64").admit(ImageCheck.signed()));

        copied(in("shop/web:1"));
        TransferStatus.Succeeded end = copied(out("shop/web:1", "eu/web:1"));

        assertThat(new String(target.manifest("eu/web:1").orElseThrow(), StandardCharsets.UTF_8))
                .contains("amd64")
                .doesNotContain("arm64");
        assertThat(end.digest()).isEqualTo(target.digest("eu/web:1").orElseThrow());
    }

    @Test
    void copy_ofAnUnsignedImage_doesNotReachTheRepository() {
        source.putImage("shop/web:1", 1000);
        context.choosing(ImageChoice.copy().admit(ImageCheck.signed()));

        assertThat(Copying.failed(mover, in("shop/web:1"), context).reason()).isEqualTo("ImageDenied");
    }
}
