package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries and networks that misbehave, logins, and stopping. */
class RegistryFaultsIT {

    private static final int LAYER = 3_000_000;

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.withTokens("mover", "secret");
    private final RunContext context = new RunContext("run", source.connection(), target.connection());
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));
    private final ImageMove move = new ImageMove("k", source.host() + "/shop/web:1", target.host() + "/eu/web:1");

    @BeforeEach
    void putImage() {
        source.putImage("shop/web:1", LAYER, 1000);
    }

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    private TransferStatus.Failed failed() {
        TransferStatus.Failed end = Copying.failed(mover, move, context);
        assertThat(target.manifest("eu/web:1")).as("tag on the target").isEmpty();
        return end;
    }

    private void assertCopied(TransferStatus.Succeeded end) {
        assertThat(target.manifest("eu/web:1")).isPresent();
        assertThat(end.movedBytes()).isEqualTo(end.totalBytes());
    }

    private static Registry withPassword(FakeRegistry registry, String password) {
        return registry.connection().credentials("mover", Secret.of(password));
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"TOKEN", "MANIFEST_HEAD", "MANIFEST_PUT", "BLOB_HEAD", "UPLOAD_START", "UPLOAD_WRITE"})
    void copy_afterPassingErrorsOfTheTarget_works(Operation operation) {
        target.failNext(operation, 3, 503);

        assertCopied(Copying.copied(mover, move, context));
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"MANIFEST_HEAD", "MANIFEST_GET", "BLOB_GET"})
    void copy_afterCutsOfTheSource_works(Operation operation) {
        source.cutNext(operation, 3, 0);

        assertCopied(Copying.copied(mover, move, context));
    }

    @Test
    void copy_afterEndlessErrors_failsAfterAFewAttempts() {
        target.failNext(Operation.MANIFEST_HEAD, 100, 500);

        TransferStatus.Failed end = failed();

        assertThat(end.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(end.reason()).isEqualTo("RegistryError");
        assertThat(end.message())
                .startsWith("tried to find the manifest 1 on " + target.host() + "/eu/web but the answer was 500");
        assertThat(target.requests().stream().filter(r -> r.status() == 500))
                .hasSize(new Limits(1, 1, Duration.ZERO).attempts());
    }

    @Test
    void copy_whenDownloadBreaks_goesOnWhereItStopped() {
        source.cutNext(Operation.BLOB_GET, 2, 1_000_000);

        assertCopied(Copying.copied(mover, move, context));

        assertThat(target.count(Operation.UPLOAD_WRITE)).as("one for each blob").isEqualTo(3);
        assertThat(source.requests().stream().filter(r -> r.status() == 206)).isNotEmpty();
    }

    @Test
    void copy_whenDownloadBreaksWithoutRanges_skipsWhatItHas() {
        source.ignoreRanges();
        source.cutNext(Operation.BLOB_GET, 1, 1_000_000);

        assertCopied(Copying.copied(mover, move, context));
    }

    @Test
    void copy_whenUploadBreaks_sendsTheBlobAgainAndCountsItOnce() {
        target.cutNext(Operation.UPLOAD_WRITE, 2, 1_000_000);

        assertCopied(Copying.copied(mover, move, context));
    }

    @Test
    void copy_whenThrottled_waitsAsLongAsAsked() {
        target.throttleNext(Operation.MANIFEST_HEAD, 1, Duration.ofSeconds(1));
        long before = System.nanoTime();

        assertCopied(Copying.copied(mover, move, context));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void copy_whenThrottledForHours_failsAtOnce() {
        target.throttleNext(Operation.MANIFEST_HEAD, 100, Duration.ofHours(3));

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("TooManyRequests");
        assertThat(end.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(target.requests().stream().filter(r -> r.status() == 429)).hasSize(1);
    }

    @Test
    void copy_whenRefused_isNotTriedAgain() {
        target.failNext(Operation.UPLOAD_START, 100, 403);

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("Denied");
        assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
        assertThat(target.count(Operation.UPLOAD_START)).isLessThanOrEqualTo(3);
    }

    @Test
    void copy_ofUnknownTag_failsAtOnce() {
        ImageMove unknown = new ImageMove("u", source.host() + "/shop/web:2", target.host() + "/eu/web:2");

        TransferStatus.Failed end = Copying.failed(mover, unknown, context);

        assertThat(end.reason()).isEqualTo("ManifestNotFound");
        assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
        assertThat(end.message()).contains(source.host() + "/shop/web").contains("manifest 2");
    }

    @Test
    void copy_ofCorruptBlob_isDetectedBeforeItIsStored() {
        String digest = digestOfLargeLayer();
        source.corrupt(digest);

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("DigestMismatch");
        assertThat(end.message()).contains(digest);
        assertThat(target.blob("eu/web", digest)).isEmpty();
        assertThat(target.manifest("eu/web:1")).isEmpty();
        assertThat(target.requests())
                .as("no finished upload was refused by the target itself")
                .noneMatch(r -> r.status() == 400);
    }

    private String digestOfLargeLayer() {
        String manifest = new String(source.manifest("shop/web:1").orElseThrow(), StandardCharsets.UTF_8);
        int size = manifest.indexOf("\"size\":" + LAYER);
        int at = manifest.lastIndexOf("sha256:", size);
        return manifest.substring(at, at + "sha256:".length() + 64);
    }

    @Test
    void copy_ofMissingBlob_namesIt() {
        String digest = digestOfLargeLayer();
        source.deleteBlob("shop/web", digest);

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("BlobNotFound");
        assertThat(end.message()).contains(digest);
    }

    @Test
    void copy_withWrongPassword_saysSoWithoutIt() {
        for (FakeRegistry registry : new FakeRegistry[] {target, FakeRegistry.withPassword("mover", "secret")}) {
            try (registry;
                    RunContext wrong = new RunContext("wrong", source.connection(), withPassword(registry, "oops"))) {
                ImageMove refused = new ImageMove("w", move.source(), registry.host() + "/eu/web:1");

                TransferStatus.Failed end = Copying.failed(mover, refused, wrong);

                assertThat(end.reason()).isEqualTo("Unauthorized");
                assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
                assertThat(end.toString()).doesNotContain("oops");
                Copying.until("it is gone", () -> mover.cleanUp(mover.start(refused, wrong), refused, wrong));
            }
        }
    }

    @Test
    void copy_withoutPassword_asksForOne() {
        Registry anonymous = Registry.at(target.host()).plainHttp();
        try (RunContext wrong = new RunContext("wrong", source.connection(), anonymous)) {
            TransferStatus.Failed end = Copying.failed(mover, move, wrong);

            assertThat(end.reason()).isEqualTo("Unauthorized");
            assertThat(end.fix()).contains("credentials");
        }
    }

    @Test
    void copy_withPassword_works() {
        try (FakeRegistry basic = FakeRegistry.withPassword("mover", "secret");
                RunContext known = new RunContext("basic", source.connection(), basic.connection())) {
            ImageMove to = new ImageMove("b", move.source(), basic.host() + "/eu/web:1");

            assertThat(Copying.copied(mover, to, known).proof()).isNotNull();
            assertThat(basic.requests().stream().filter(r -> r.status() == 401)).hasSize(1);
        }
    }

    @Test
    void copy_whenTokensAreRevoked_getsNewOnes() {
        Copying.copied(mover, move, context);
        target.revokeTokens();
        source.putImage("shop/web:2", 2000);
        ImageMove second = new ImageMove("2", source.host() + "/shop/web:2", target.host() + "/eu/web:2");

        assertThat(Copying.copied(mover, second, context).proof()).isNotNull();
    }

    @Test
    void copy_ofRedirectedBlobs_keepsTheLoginFromTheOtherHost() {
        try (FakeRegistry redirecting = FakeRegistry.withPassword("mover", "secret");
                RunContext known = new RunContext("r", redirecting.connection(), target.connection())) {
            redirecting.putImage("shop/web:1", LAYER);
            redirecting.redirectBlobs();
            redirecting.cutNext(Operation.OBJECT_GET, 1, 1_000_000);
            ImageMove from = new ImageMove("r", redirecting.host() + "/shop/web:1", move.target());

            assertThat(Copying.copied(mover, from, known).proof()).isNotNull();

            assertThat(redirecting.requests())
                    .filteredOn(r -> r.operation() == Operation.OBJECT_GET)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .noneMatch(FakeRegistry.Request::authorized);
        }
    }

    @Test
    void copy_toRegistryThatIsAway_failsAfterAFewAttempts() {
        target.close();

        TransferStatus.Failed end = failed();

        assertThat(end.reason()).isEqualTo("RegistryUnreachable");
        assertThat(end.kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void copy_ofUnknownHost_failsAtOnce() {
        ImageMove nowhere = new ImageMove("n", "registry.invalid/shop/web:1", move.target());

        TransferStatus.Failed end = Copying.failed(mover, nowhere, context);

        assertThat(end.reason()).isEqualTo("RegistryUnreachable");
        assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
    }

    @Test
    void copy_withTlsToPlainRegistry_suggestsPlainHttp() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            context.executor().execute(() -> answerInPlainText(plain));
            ImageMove from = new ImageMove("t", "127.0.0.1:" + plain.getLocalPort() + "/shop/web:1", move.target());

            TransferStatus.Failed end = Copying.failed(mover, from, context);

            assertThat(end.reason()).isEqualTo("TlsFailure");
            assertThat(end.fix()).contains("plainHttp()");
        }
    }

    private static void answerInPlainText(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().readNBytes(100);
            client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"BLOB_GET", "MANIFEST_GET"})
    void cancel_whileBlocked_endsWithinTwoSeconds(Operation operation) throws InterruptedException {
        source.hold(operation);
        TransferRef ref = mover.start(move, context);
        Copying.until("it runs", () -> mover.poll(ref, move, context) instanceof TransferStatus.Running);
        long before = System.nanoTime();

        mover.cancel(ref, move, context);
        Copying.until("it is gone", () -> mover.cleanUp(ref, move, context));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(context.comesToRest()).isTrue();
    }

    @Test
    void cancel_ofOneImage_leavesASharedBlobToTheOther() {
        source.putImage("shop/api:1", LAYER, 1000);
        source.hold(Operation.BLOB_GET);
        ImageMove other = new ImageMove("o", source.host() + "/shop/api:1", target.host() + "/eu/api:1");
        TransferRef first = mover.start(move, context);
        Copying.until("it copies", () -> target.count(Operation.UPLOAD_START) == 3);
        TransferRef second = mover.start(other, context);

        mover.cancel(first, move, context);
        source.release();

        assertThat(Copying.await(mover, second, other, context)).isInstanceOf(TransferStatus.Succeeded.class);
        assertThat(mover.poll(first, move, context)).isInstanceOf(TransferStatus.Lost.class);
    }

    @Test
    void poll_whileBlobsAreHeldBack_knowsTheTotal() {
        source.hold(Operation.BLOB_GET);
        TransferRef ref = mover.start(move, context);

        Copying.until(
                "the total is known",
                () -> mover.poll(ref, move, context) instanceof TransferStatus.Running r
                        && r.totalBytes().orElse(0) > LAYER
                        && r.transferredBytes() == 0);
        source.release();

        assertThat(Copying.await(mover, ref, move, context)).isInstanceOf(TransferStatus.Succeeded.class);
    }
}
