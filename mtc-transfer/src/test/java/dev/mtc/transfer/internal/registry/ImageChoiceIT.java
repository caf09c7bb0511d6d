package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plan may choose of its images. */
class ImageChoiceIT {

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

    private TransferStatus.Succeeded copied(String from, String to, ImageChoice choice) {
        return Copying.copied(mover, move(from, to), context.choosing(choice));
    }

    private TransferStatus.Failed failed(String from, ImageChoice choice) {
        return Copying.failed(mover, move(from, "eu/web:1"), context.choosing(choice));
    }

    private String text(String reference) {
        return new String(target.manifest(reference).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void copy_ofOnePlatform_bringsAnIndexOfItAlone() {
        String whole = source.putIndex("shop/web:1", 1000, 2000);

        TransferStatus.Succeeded end =
                copied("shop/web:1", "eu/web:1", ImageChoice.copy().platforms("linux/arm64"));

        assertThat(text("eu/web:1")).contains("arm64").doesNotContain("amd64");
        assertThat(end.proof())
                .contains(target.digest("eu/web:1").orElseThrow())
                .contains(whole);
        assertThat(end.digest()).isEqualTo(target.digest("eu/web:1").orElseThrow());
        assertThat(target.count(Operation.UPLOAD_WRITE))
                .as("configuration and 2 layers")
                .isEqualTo(3);
    }

    @Test
    void copy_ofOneImageAtOnce_letsTheOthersWait() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        ImageChoice choice = ImageChoice.copy().atOnce(1).admit(image -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            two.countDown();
            awaitBriefly(two);
            inside.decrementAndGet();
            return Optional.empty();
        });
        List<ImageMove> moves = Stream.of("a", "b", "c")
                .map(name -> move("shop/" + name + ":1", "eu/" + name + ":1"))
                .toList();
        List.of("a", "b", "c").forEach(name -> source.putImage("shop/" + name + ":1", 1000));

        moves.forEach(move -> mover.start(move, context.choosing(choice)));
        moves.forEach(move -> Copying.copied(mover, move, context.choosing(choice)));

        assertThat(most).hasValue(1);
    }

    private static void awaitBriefly(CountDownLatch latch) {
        try {
            if (!latch.await(200, TimeUnit.MILLISECONDS)) {
                latch.countDown();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void copy_ofAllItsPlatforms_isByteIdentical() {
        String whole = source.putIndex("shop/web:1", 1000);

        copied("shop/web:1", "eu/web:1", ImageChoice.copy().platforms("linux/amd64", "linux/arm64"));

        assertThat(target.digest("eu/web:1")).contains(whole);
    }

    @Test
    void copy_ofOnePlatformAgain_movesNothing() {
        source.putIndex("shop/web:1", 1000, 2000);
        ImageChoice choice = ImageChoice.copy().platforms("linux/amd64");
        copied("shop/web:1", "eu/web:1", choice);

        TransferStatus.Succeeded again =
                Copying.copied(new RegistryImageMover(), move("shop/web:1", "eu/web:1"), context);

        assertThat(again.movedBytes()).isZero();
    }

    @Test
    void copy_ofAPlatformsAttestation_comesAlong() {
        String amd = source.putImage("shop/web:amd", 1000);
        String statement = source.putImage("shop/web:statement", 50);
        String other = source.putImage("shop/web:other", 60);
        source.putManifest("shop/web:1", MediaTypes.OCI_INDEX, index(amd, statement, other));

        copied("shop/web:1", "eu/web:1", ImageChoice.copy().platforms("linux/amd64"));

        assertThat(text("eu/web:1")).contains(amd, statement).doesNotContain(other);
    }

    private byte[] index(String amd, String statement, String other) {
        String entry = "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"%s\",\"size\":%d,"
                + "\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}%s}";
        String about = ",\"annotations\":{\"vnd.docker.reference.digest\":\"%s\"}";
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                        + entry.formatted(amd, size(amd), "linux", "amd64", "") + ","
                        + entry.formatted(statement, size(statement), "unknown", "unknown", about.formatted(amd)) + ","
                        + entry.formatted(other, size(other), "linux", "s390x", "") + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private int size(String digest) {
        return source.manifest("shop/web@" + digest).orElseThrow().length;
    }

    @Test
    void copy_byDigest_isWholeWhateverThePlatforms() {
        String whole = source.putIndex("shop/web:1", 1000);

        copied("shop/web@" + whole, "eu/web", ImageChoice.copy().platforms("linux/amd64"));

        assertThat(target.manifest("eu/web@" + whole)).isPresent();
    }

    @Test
    void copy_ofAPlatformThatIsNotThere_namesThoseThatAre() {
        source.putIndex("shop/web:1", 1000);

        TransferStatus.Failed end = failed("shop/web:1", ImageChoice.copy().platforms("linux/s390x"));

        assertThat(end.reason()).isEqualTo("PlatformNotFound");
        assertThat(end.message()).contains("linux/amd64, linux/arm64", "linux/s390x");
        assertThat(target.requests()).noneMatch(request -> request.operation() == Operation.UPLOAD_START);
    }

    @Test
    void copy_ofOnePlatformOfASignedIndex_warnsOfTheSignature() {
        source.knowReferrers();
        String index = source.putIndex("shop/web:1", 1000);
        Signatures.push(source, index, "", "shop/web:note");

        TransferStatus.Succeeded end =
                copied("shop/web:1", "eu/web:1", ImageChoice.copy().platforms("linux/amd64"));

        assertThat(end.warnings()).singleElement().asString().contains(index, "1 attached");
    }

    @Test
    void copy_ofALargerImage_isRefusedBeforeAnythingMoves() {
        source.putImage("shop/web:1", 60_000, 60_000);

        TransferStatus.Failed end = failed("shop/web:1", ImageChoice.copy().atMost("100k"));

        assertThat(end.reason()).isEqualTo("ImageTooLarge");
        assertThat(end.message()).contains("100000");
        assertThat(target.count(Operation.UPLOAD_START)).isZero();
        copied("shop/web:1", "eu/web:1", ImageChoice.copy().atMost("130k"));
    }

    @Test
    void copy_ofAnUnsignedImage_isRefusedIfSignaturesAreWanted() {
        String digest = source.putImage("shop/web:1", 1000);
        ImageChoice signed = ImageChoice.copy().admit(ImageCheck.signed());

        TransferStatus.Failed end = failed("shop/web:1", signed);

        assertThat(end.reason()).isEqualTo("ImageDenied");
        assertThat(end.message()).contains(digest, "no signature");
        assertThat(target.count(Operation.UPLOAD_START)).isZero();
    }

    @Test
    void copy_ofASignedImage_goesThroughIfSignaturesAreWanted() {
        String digest = source.putImage("shop/web:1", 1000);
        String tag = digest.replace(':', '-') + ".sig";
        Signatures.push(source, digest, "", "shop/web:" + tag);

        copied("shop/web:1", "eu/web:1", ImageChoice.copy().admit(ImageCheck.signed()));

        assertThat(target.digest("eu/web:" + tag)).isPresent();
    }

    @Test
    void copy_asksChecksInOrderUntilOneRefuses() {
        String digest = source.putImage("shop/web:1", 1000);
        String[] seen = new String[1];
        ImageChoice choice = ImageChoice.copy()
                .admit(image -> {
                    seen[0] = image.reference() + " " + image.digest() + " " + image.attachments();
                    return Optional.empty();
                })
                .admit(image -> Optional.of("not on Fridays"))
                .admit(image -> {
                    throw new IllegalStateException("asked in vain");
                });

        TransferStatus.Failed end = failed("shop/web:1", choice);

        assertThat(end.message()).contains("not on Fridays");
        assertThat(seen[0]).isEqualTo(source.host() + "/shop/web:1 " + digest + " " + List.of());
    }

    @Test
    void copy_withABrokenCheck_isRefused() {
        source.putImage("shop/web:1", 1000);

        TransferStatus.Failed end = failed("shop/web:1", ImageChoice.copy().admit(image -> {
            throw new IllegalStateException("out of order");
        }));

        assertThat(end.reason()).isEqualTo("ImageCheckBroken");
        assertThat(end.message()).contains("out of order");
    }

    @Test
    void copy_withALimitedBandwidth_isNoFaster() {
        source.putImage("shop/web:1", 200_000, 200_001);
        long begin = System.nanoTime();

        copied("shop/web:1", "eu/web:1", ImageChoice.copy().bandwidth("500k"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(600));
    }
}
