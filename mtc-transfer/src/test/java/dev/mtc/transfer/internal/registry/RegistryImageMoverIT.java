package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.TransferException;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.ImageSurvey;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is copied and what it costs; faults are {@link RegistryFaultsIT}'s. */
class RegistryImageMoverIT {

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.open();
    private final RunContext context = new RunContext("run", source.connection(), target.connection());
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private ImageMove move(String from, String to) {
        return new ImageMove(from + " " + to, source.host() + "/" + from, target.host() + "/" + to);
    }

    private TransferStatus.Succeeded copied(String from, String to) {
        return Copying.copied(mover, move(from, to), context);
    }

    @Test
    void serviceLoader_findsTheMover() {
        assertThat(ServiceLoader.load(ImageMover.class).stream().map(ServiceLoader.Provider::type))
                .contains(RegistryImageMover.class);
    }

    @Test
    void copy_ofImage_isByteIdentical() {
        String digest = source.putImage("shop/web:1", 5, 300_000, 1_000_000);

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(target.manifest("eu/web:1").orElseThrow())
                .isEqualTo(source.manifest("shop/web:1").orElseThrow());
        assertThat(end.proof()).isEqualTo(digest + " on both sides");
        assertThat(end.warnings()).isEmpty();
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes()).isGreaterThan(1_300_005);
    }

    @Test
    void estimate_beforeAndAfterACopy_tellsWhatIsMissing() {
        String digest = source.putImage("shop/web:1", 5, 300_000, 1_000_000);
        List<String> platforms = List.of("linux/amd64");
        ImageMove move = move("shop/web:1", "eu/web:1");

        ImageEstimate before = mover.estimate(move, context).orElseThrow();
        TransferStatus.Succeeded end = Copying.copied(mover, move, context);
        ImageEstimate after = mover.estimate(move, context).orElseThrow();

        assertThat(before.missingBytes()).isEqualTo(end.movedBytes());
        assertThat(before).isEqualTo(new ImageEstimate(end.totalBytes(), before.missing(), platforms, digest));
        assertThat(after).isEqualTo(new ImageEstimate(end.totalBytes(), Map.of(), platforms, digest));
        assertThat(source.count(Operation.BLOB_GET))
                .as("configuration and 3 layers for the copy, and the configuration for each estimate")
                .isEqualTo(6);
    }

    @Test
    void survey_ofImagesWithACommonLayer_tellsWhatBothMoveOnce() {
        source.putImage("shop/web:1", 300_000, 1_000);
        source.putImage("shop/api:1", 300_000, 2_000);
        List<ImageMove> moves = List.of(move("shop/web:1", "eu/web:1"), move("shop/api:1", "eu/api:1"));
        ImageSurvey survey = mover.survey(context);

        Map<String, Long> missing = new HashMap<>();
        moves.forEach(move -> missing.putAll(survey.estimate(move).orElseThrow().missing()));
        long moved = moves.stream()
                .mapToLong(move -> Copying.copied(mover, move, context).movedBytes())
                .sum();

        assertThat(missing.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(moved);
        assertThat(moved).isBetween(303_000L, 310_000L);
    }

    @Test
    void estimate_ofAnImageThatIsNotThere_fails() {
        assertThatThrownBy(() -> mover.estimate(move("shop/none:1", "eu/none:1"), context))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("shop/none:1");
    }

    @Test
    void copy_ofUnchangedTags_costsOneRequestASideAndTwoForTheRepository() {
        for (String tag : List.of("1", "2", "3")) {
            source.putImage("shop/web:" + tag, 1000);
            copied("shop/web:" + tag, "eu/web:" + tag);
        }
        source.forgetRequests();
        target.forgetRequests();
        ImageMover fresh = new RegistryImageMover();
        List<ImageMove> moves = Stream.of("1", "2", "3")
                .map(tag -> move("shop/web:" + tag, "eu/web:" + tag))
                .toList();
        List<TransferRef> started =
                moves.stream().map(move -> fresh.start(move, context)).toList();

        for (int i = 0; i < moves.size(); i++) {
            assertThat(Copying.await(fresh, started.get(i), moves.get(i), context))
                    .isInstanceOfSatisfying(TransferStatus.Succeeded.class, end -> assertThat(end.movedBytes())
                            .isZero());
        }

        assertThat(source.requests())
                .extracting(FakeRegistry.Request::operation)
                .containsExactlyInAnyOrder(
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.MANIFEST_HEAD,
                        Operation.REFERRERS,
                        Operation.TAGS);
        assertThat(target.requests())
                .extracting(FakeRegistry.Request::operation)
                .containsExactly(Operation.MANIFEST_HEAD, Operation.MANIFEST_HEAD, Operation.MANIFEST_HEAD);
    }

    @Test
    void copy_ofUnchangedDigest_asksOnlyTheTarget() {
        String digest = source.putImage("shop/web:1", 1000);
        copied("shop/web@" + digest, "eu/web");
        source.forgetRequests();

        copied("shop/web:1@" + digest, "eu/web");

        assertThat(source.requests()).isEmpty();
        assertThat(target.manifest("eu/web@" + digest)).isPresent();
    }

    @Test
    void copy_ofTagAndDigest_takesTheDigest() {
        String old = source.putImage("shop/web:1", 1000);
        source.putImage("shop/web:1", 2000);

        copied("shop/web:1@" + old, "eu/web:1");

        assertThat(target.digest("eu/web:1")).contains(old);
    }

    @Test
    void copy_toAnotherDigest_isRefused() {
        source.putImage("shop/web:1", 1000);
        String other = source.putImage("shop/web:2", 2000);

        TransferStatus.Failed end = Copying.failed(mover, move("shop/web:1", "eu/web@" + other), context);

        assertThat(end.reason()).isEqualTo("DigestMismatch");
        assertThat(target.count(Operation.UPLOAD_START)).isZero();
    }

    @Test
    void copy_ofIndex_takesAllPlatforms() {
        String digest = source.putIndex("shop/web:1", 1000, 2000);

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(target.digest("eu/web:1")).contains(digest);
        assertThat(target.count(Operation.MANIFEST_PUT)).isEqualTo(3);
        assertThat(target.count(Operation.UPLOAD_WRITE))
                .as("2 configurations, 3 layers")
                .isEqualTo(5);
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
    }

    @Test
    void copy_ofIndexWithKnownPlatform_leavesItOut() {
        source.putIndex("shop/web:1", 1000, 2000);
        String child = firstChild(new String(source.manifest("shop/web:1").orElseThrow(), StandardCharsets.UTF_8));
        copied("shop/web@" + child, "eu/web");

        TransferStatus.Succeeded end = copied("shop/web:1", "eu/web:1");

        assertThat(end.movedBytes()).isLessThan(end.totalBytes());
        assertThat(source.requests().stream()
                        .filter(r -> r.operation() == Operation.MANIFEST_GET
                                && r.path().endsWith(child)))
                .hasSize(1);
    }

    private static String firstChild(String index) {
        int at = index.indexOf("sha256:");
        return index.substring(at, at + "sha256:".length() + 64);
    }

    @Test
    void copy_ofDeeplyNestedIndex_isRefused() {
        String digest = source.putImage("shop/web:0", 1000);
        for (int depth = 1; depth <= 6; depth++) {
            String type = depth == 1 ? MediaTypes.OCI_MANIFEST : MediaTypes.OCI_INDEX;
            digest = source.putManifest("shop/web:" + depth, MediaTypes.OCI_INDEX, index(type, digest));
        }

        assertThat(copied("shop/web:3", "eu/web:3").proof()).isNotNull();
        TransferStatus.Failed end = Copying.failed(mover, move("shop/web:6", "eu/deep:6"), context);
        assertThat(end.reason()).isEqualTo("UnsupportedManifest");
        assertThat(end.message()).contains("nested");
    }

    private static byte[] index(String type, String digest) {
        return ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest
                        + "\",\"size\":10}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void copy_ofSchema1_isRefused() {
        source.putManifest(
                "shop/web:1",
                "application/vnd.docker.distribution.manifest.v1+prettyjws",
                "{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8));

        TransferStatus.Failed end = Copying.failed(mover, move("shop/web:1", "eu/web:1"), context);

        assertThat(end.reason()).isEqualTo("UnsupportedManifest");
        assertThat(end.message()).contains("schema 1");
    }

    @Test
    void copy_ofForeignLayer_leavesItWhereItIs() {
        String config = source.putBlob("shop/win", "{}".getBytes(StandardCharsets.UTF_8));
        String foreign = "sha256:" + "0".repeat(64);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST
                + "\",\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"digest\":\""
                + config
                + "\",\"size\":2},\"layers\":[{\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\","
                + "\"digest\":\"" + foreign + "\",\"size\":5,\"urls\":[\"https://example.com/layer\"]}]}";
        source.putManifest("shop/win:1", MediaTypes.DOCKER_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));

        TransferStatus.Succeeded end = copied("shop/win:1", "eu/win:1");

        assertThat(end.warnings()).singleElement().asString().contains(foreign);
        assertThat(source.count(Operation.BLOB_GET)).isEqualTo(1);
    }

    @Test
    void copy_ofManyImagesAtOnce_movesASharedBlobOnce() {
        List<ImageMove> moves = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            source.putImage("shop/app" + i + ":1", 400_000, 300_000);
            moves.add(move("shop/app" + i + ":1", "eu/app" + i + ":1"));
        }

        moves.forEach(move -> mover.start(move, context));
        long moved = moves.stream()
                .mapToLong(move -> Copying.copied(mover, move, context).movedBytes())
                .sum();

        assertThat(moved).isBetween(700_000L, 720_000L);
        assertThat(source.count(Operation.BLOB_GET))
                .as("12 configurations, 2 layers")
                .isEqualTo(14);
        assertThat(target.count(Operation.MOUNT))
                .as("2 layers into 11 repositories")
                .isEqualTo(22);
    }

    @Test
    void copy_afterCleanUpOfTheFirst_stillMovesASharedBlobOnce() {
        source.putImage("shop/a:1", 400_000);
        source.putImage("shop/b:1", 400_000);
        ImageMove first = move("shop/a:1", "eu/a:1");
        Copying.copied(mover, first, context);
        Copying.until("it is cleaned up", () -> mover.cleanUp(mover.start(first, context), first, context));

        copied("shop/b:1", "eu/b:1");

        assertThat(target.count(Operation.MOUNT)).isEqualTo(1);
    }

    @Test
    void copy_ofManyLayers_looksForThemAndBeginsTheirUploadAtOnce() {
        int[] layers = IntStream.range(1, 41).map(i -> 1000 + i).toArray();
        source.putImage("shop/web:1", layers);

        copied("shop/web:1", "eu/web:1");

        assertThat(target.count(Operation.BLOB_HEAD))
                .as("until an upload has shown that one request does both, and of each at the end")
                .isLessThanOrEqualTo(8 + 41);
        assertThat(target.count(Operation.UPLOAD_START))
                .as("40 layers, a configuration, and what showed it")
                .isEqualTo(42);
        assertThat(target.count(Operation.UPLOAD_WRITE)).isEqualTo(41);
    }

    @Test
    void copy_ofManyLayersThatArePresent_sendsNoneOfThem() {
        int[] layers = IntStream.range(1, 41).map(i -> 1000 + i).toArray();
        source.putImage("shop/web:1", layers);
        target.putImage("eu/web:0", layers);
        source.putImage("shop/other:1", 500);
        copied("shop/other:1", "eu/other:1");
        target.forgetRequests();

        copied("shop/web:1", "eu/web:1");

        assertThat(target.count(Operation.BLOB_HEAD)).as("of each at the end").isEqualTo(41);
        assertThat(target.count(Operation.UPLOAD_WRITE)).as("the configuration").isEqualTo(1);
    }

    @Test
    void copy_withoutMountsOfManyLayersThatArePresent_sendsNoneOfThem() {
        target.refuseMounts();
        int[] layers = IntStream.range(1, 41).map(i -> 1000 + i).toArray();
        source.putImage("shop/web:1", layers);
        target.putImage("eu/web:0", layers);
        source.putImage("shop/other:1", 500);
        copied("shop/other:1", "eu/other:1");
        target.forgetRequests();

        copied("shop/web:1", "eu/web:1");

        assertThat(target.count(Operation.UPLOAD_WRITE)).as("the configuration").isEqualTo(1);
    }

    @Test
    void copy_withoutMounts_uploads() {
        target.refuseMounts();
        source.putImage("shop/a:1", 1000);
        source.putImage("shop/b:1", 1000);

        copied("shop/a:1", "eu/a:1");
        TransferStatus.Succeeded end = copied("shop/b:1", "eu/b:1");

        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
    }

    @Test
    void copy_ofPresentBlob_doesNotReadIt() {
        source.putImage("shop/a:1", 400_000);
        target.putImage("eu/a:0", 400_000);

        TransferStatus.Succeeded end = copied("shop/a:1", "eu/a:1");

        assertThat(end.movedBytes()).isLessThan(2000);
        assertThat(source.count(Operation.BLOB_GET)).as("the configuration").isEqualTo(1);
    }

    @Test
    void copy_onOneThread_ends() {
        try (RunContext narrow = new RunContext("narrow", 1, source.connection(), target.connection())) {
            List<ImageMove> moves = IntStream.range(0, 5)
                    .mapToObj(i -> {
                        source.putImage("shop/app" + i + ":1", 1000, 2000, 3000, 4000, 5000);
                        return move("shop/app" + i + ":1", "eu/app" + i + ":1");
                    })
                    .toList();
            moves.forEach(move -> mover.start(move, narrow));

            moves.forEach(move -> Copying.copied(mover, move, narrow));
        }
    }

    @Test
    void copy_fromRegistryWithoutDigestHeaders_works() {
        source.omitDigests();
        target.omitDigests();
        String digest = source.putImage("shop/web:1", 1000);

        assertThat(copied("shop/web:1", "eu/web:1").proof()).startsWith(digest);
    }

    @Test
    void start_withoutHost_namesTheForm() {
        ImageMove bare = new ImageMove("k", "web:1", target.host() + "/web:1");

        assertThat(mover.supports(bare)).isFalse();
        assertThatThrownBy(() -> mover.start(bare, context))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("'web:1'")
                .hasMessageContaining("host/repository:tag");
    }

    @Test
    void threads_afterTransfers_areGone() throws InterruptedException {
        source.putImage("shop/web:1", 1000, 300_000);

        copied("shop/web:1", "eu/web:1");

        assertThat(context.comesToRest()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("mtc-run-"));
    }
}
