package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong while a large layer is written, and what the user is told; no tag ever names less than a whole image. */
class UploadFaultsIT {

    private static final int LAYER = 20 * 1024 * 1024;
    private static final int WITHIN_A_PART = 5 * 1024 * 1024;
    private static final String FULL = "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":"
            + "{\"DriverName\":\"filesystem\",\"Enclosed\":{\"Op\":\"write\",\"Path\":\"/x\",\"Err\":28}}}]}";

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.withTokens("mover", "secret");
    private final RunContext context = new RunContext("run", source.connection(), target.connection());
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));
    private final ImageMove move = new ImageMove("k", source.host() + "/shop/web:1", target.host() + "/eu/web:1");

    @BeforeEach
    void putImage() {
        source.putImage("shop/web:1", LAYER);
    }

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private TransferStatus.Failed failed() {
        TransferStatus.Failed end = Copying.failed(mover, move, context);
        assertThat(target.manifest("eu/web:1")).isEmpty();
        return end;
    }

    private TransferStatus.Succeeded copied() {
        TransferStatus.Succeeded end = Copying.copied(mover, move, context);
        assertThat(target.digest("eu/web:1")).isEqualTo(source.digest("shop/web:1"));
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
        return end;
    }

    /** {@return how many uploads the target began; its answer to whether it mounts from the same repository is none} */
    private long uploads() {
        return target.requests().stream()
                .filter(request -> request.operation() == Operation.UPLOAD_START && request.status() == 202)
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void copy_refusedForNow_asksHowFarItCameAndGoesOn(int status) {
        target.cutNext(Operation.UPLOAD_WRITE, 1, WITHIN_A_PART);
        target.failNext(Operation.UPLOAD_STATUS, 2, status);

        assertThat(copied().warnings()).isEmpty();

        assertThat(target.count(Operation.UPLOAD_STATUS)).isEqualTo(3);
        assertThat(uploads()).as("one for each blob").isEqualTo(2);
    }

    @Test
    void copy_whoseTokenEndsOnTheWay_goesOnWithAnother() {
        target.cutNext(Operation.UPLOAD_WRITE, 1, WITHIN_A_PART);
        target.hold(Operation.UPLOAD_STATUS);
        context.executor().execute(() -> {
            Copying.until("the upload is cut", () -> target.requests().stream().anyMatch(r -> r.status() == 0));
            target.revokeTokens();
            target.release();
        });

        assertThat(copied().warnings()).isEmpty();

        assertThat(uploads()).as("one for each blob").isEqualTo(2);
    }

    @Test
    void copy_whoseCutUploadIsLost_saysSo() {
        target.loseCutUploads();
        target.cutNext(Operation.UPLOAD_WRITE, 1, WITHIN_A_PART);

        assertThat(copied().warnings()).singleElement().asString().contains("sent again from its start");
    }

    @Test
    void copy_whoseSourceIsCutShort_goesOnReading() {
        source.cutNext(Operation.BLOB_GET, 3, LAYER / 3);

        copied();
    }

    @ParameterizedTest
    @CsvSource({"507, NoSpaceLeft", "413, TooLarge", "403, Denied"})
    void copy_toFullRegistry_isNotTriedAgain(int status, String reason) {
        target.failNext(Operation.UPLOAD_WRITE, 100, status);

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo(reason);
        assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
        assertThat(end.message()).contains("" + status).contains(target.host() + "/eu/web");
        assertThat(target.count(Operation.UPLOAD_WRITE))
                .as("once for each blob at most")
                .isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FULL,
                "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":\"write /x: no space left on device\"}]}",
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"adding 2 MiB of storage resource exceeds the quota\"}]}"
            })
    void copy_toRegistryThatSaysInItsWordsThatItIsFull_isNotTriedAgain(String words) {
        target.failNext(Operation.UPLOAD_START, 100, 500, words);

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("NoSpaceLeft");
        assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
        assertThat(end.fix()).contains("room");
        assertThat(target.count(Operation.UPLOAD_START)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void copy_whosePartIsRefusedForNow_sendsThatPartAgain(int status) {
        target.failNext(Operation.UPLOAD_WRITE, 2, status);

        assertThat(copied().warnings()).isEmpty();

        assertThat(target.requests())
                .filteredOn(request -> request.method().equals("PATCH") && request.status() == 202)
                .as("parts of 8, 8 and 4 MiB")
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 416, 501})
    void copy_toRegistryThatTakesNoParts_sendsTheWholeBlob(int status) {
        target.refuseParts(status);

        assertThat(copied().warnings()).isEmpty();

        assertThat(target.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .hasSize(1);
    }

    @Test
    void copy_whoseTokenEndsBetweenParts_goesOnWithAnother() {
        target.when(Operation.UPLOAD_WRITE, 2, target::revokeTokens);

        assertThat(copied().warnings()).isEmpty();

        assertThat(target.requests())
                .filteredOn(request -> request.operation() == Operation.UPLOAD_WRITE && request.status() == 401)
                .isNotEmpty();
    }

    @Test
    void copy_whoseBlobTheRegistryDoesNotKeep_failsAndNamesIt() {
        String layer = layer();
        // looked for first, then looked at again when all is written
        target.when(Operation.MANIFEST_HEAD, 2, () -> target.deleteBlob("eu/web", layer));

        TransferStatus.Failed end = Copying.failed(mover, move, context);

        assertThat(end.reason()).isEqualTo("Incomplete");
        assertThat(end.message()).contains(layer);
    }

    private String layer() {
        String manifest = new String(source.manifest("shop/web:1").orElseThrow(), StandardCharsets.UTF_8);
        int at = manifest.lastIndexOf("sha256:", manifest.indexOf("\"size\":" + LAYER));
        return manifest.substring(at, at + "sha256:".length() + 64);
    }

    @Test
    void copy_whoseManifestIsRefused_namesIt() {
        target.failNext(Operation.MANIFEST_PUT, 100, 400);

        TransferStatus.Failed end = failed();

        assertThat(end.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(end.message()).contains("write the manifest 1").contains("400");
        assertThat(target.count(Operation.MANIFEST_PUT)).isEqualTo(1);
    }

    @Test
    void copy_ofUnknownMediaType_namesIt() {
        String type = "application/vnd.example.unknown+json";
        byte[] json = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
        source.putManifest("shop/odd:1", type, json);
        ImageMove odd = new ImageMove("o", source.host() + "/shop/odd:1", move.target());

        TransferStatus.Failed end = Copying.failed(mover, odd, context);

        assertThat(end.kind()).isNotEqualTo(Kind.TRANSIENT);
        assertThat(end.message()).contains(type);
        assertThat(target.manifest("eu/web:1")).isEmpty();
    }

    @Test
    void copy_fromRegistryThatRedirectsToItself_ends() {
        source.redirectForever();

        TransferStatus.Failed end = failed();

        assertThat(end.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(end.message()).contains("redirected").contains("without end");
    }
}
