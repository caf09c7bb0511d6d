package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Registry;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.transfer.internal.registry.CuttingProxy.When;
import dev.mtc.transfer.internal.registry.UploadingProcess.FileNotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uploads of large blobs to Debian's docker-registry that are cut at nine tenths. It keeps whole parts, and forgets an upload that is
 * cut within one. {@code -Dmtc.large.mib=1024} makes the blob larger.
 */
class LargeUploadRealIT {

    private static final long MIB = 1024 * 1024;
    private static final long LARGE = Long.getLong("mtc.large.mib", 128) * MIB;
    private static final long MOST_AGAIN = 16 * MIB;

    private final CountingRegistry source = new CountingRegistry();
    private final RegistryImageMover mover = new RegistryImageMover();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        source.close();
    }

    private static CuttingProxy proxy(OwnRegistry registry, When when, Runnable action) throws IOException {
        return new CuttingProxy(registry.address(), LARGE / 10 * 9, when, action);
    }

    private RunContext context(CuttingProxy proxy) {
        return new RunContext(
                "run", source.connection(), Registry.at(proxy.address()).plainHttp());
    }

    private ImageMove move(CuttingProxy proxy) {
        return new ImageMove("k", source.host() + "/shop/web:1", proxy.address() + "/eu/web:1");
    }

    private TransferStatus.Succeeded copied(CuttingProxy proxy) {
        try (RunContext context = context(proxy)) {
            return Copying.copied(mover, move(proxy), context);
        }
    }

    private static void assertArrived(TransferStatus.Succeeded end, OwnRegistry registry, CuttingProxy proxy) {
        String seen = Skopeo.run(List.of(
                "skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + registry.address() + "/eu/web:1"));
        assertThat(proxy.hasCut()).isTrue();
        assertThat(end.proof())
                .startsWith(Digest.of(seen.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static void assertWentOn(TransferStatus.Succeeded end, CuttingProxy proxy) {
        assertThat(proxy.sent() - LARGE)
                .as("sent again, with heads of requests")
                .isBetween(0L, MOST_AGAIN);
        assertThat(end.warnings()).isEmpty();
    }

    @Test
    void copy_whoseConnectionIsReset_sendsOnlyTheRest() throws IOException {
        source.putImage("1", LARGE);
        try (OwnRegistry registry = new OwnRegistry(folder);
                CuttingProxy proxy = proxy(registry, When.BETWEEN_PARTS, () -> {})) {
            TransferStatus.Succeeded end = copied(proxy);

            assertArrived(end, registry, proxy);
            assertWentOn(end, proxy);
        }
    }

    @Test
    void copy_whoseRegistryIsRestarted_sendsOnlyTheRest() throws IOException {
        source.putImage("1", LARGE);
        try (OwnRegistry registry = new OwnRegistry(folder);
                CuttingProxy proxy = proxy(registry, When.BETWEEN_PARTS, registry::restart)) {
            TransferStatus.Succeeded end = copied(proxy);

            assertArrived(end, registry, proxy);
            assertWentOn(end, proxy);
        }
    }

    @Test
    void copy_whoseProcessIsKilled_sendsOnlyTheRest() throws IOException {
        source.putImage("1", LARGE);
        CompletableFuture<Process> first = new CompletableFuture<>();
        try (OwnRegistry registry = new OwnRegistry(folder);
                CuttingProxy proxy = proxy(registry, When.BETWEEN_PARTS, () -> kill(first.join()))) {
            Path file = folder.resolve("notes");
            first.complete(UploadingProcess.start(move(proxy), file));
            first.join().onExit().join();
            assertThat(first.join().exitValue()).as("killed").isNotZero();

            try (RunContext context = context(proxy).noting(new FileNotes(file))) {
                TransferStatus.Succeeded end = Copying.copied(mover, move(proxy), context);

                assertArrived(end, registry, proxy);
                assertWentOn(end, proxy);
            }
        }
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void copy_cutWithinAPart_beginsAnewAndSaysSo() throws IOException {
        source.putImage("1", LARGE);
        try (OwnRegistry registry = new OwnRegistry(folder);
                CuttingProxy proxy = proxy(registry, When.WITHIN_A_PART, () -> {})) {
            TransferStatus.Succeeded end = copied(proxy);

            assertArrived(end, registry, proxy);
            assertThat(end.warnings()).singleElement().asString().contains("sent again from its start");
        }
    }

    /** How much of the part the killed registry had written is nobody's to say, but whether all is sent again is. */
    @Test
    void copy_whoseRegistryIsKilledWithinAPart_saysIfItBeginsAnew() throws IOException {
        source.putImage("1", LARGE);
        try (OwnRegistry registry = new OwnRegistry(folder);
                CuttingProxy proxy = proxy(registry, When.WITHIN_A_PART, registry::restart)) {
            TransferStatus.Succeeded end = copied(proxy);

            assertArrived(end, registry, proxy);
            boolean isAnew = proxy.sent() - LARGE > MOST_AGAIN;
            assertThat(end.warnings()).hasSize(isAnew ? 1 : 0);
        }
    }

    @Test
    void copy_toAFullRegistry_isNotTriedAgain() throws IOException {
        source.putImage("1", LARGE);
        try (OwnRegistry registry = OwnRegistry.withRoomFor("40m", folder);
                CuttingProxy proxy =
                        new CuttingProxy(registry.address(), Long.MAX_VALUE, When.WITHIN_A_PART, () -> {});
                RunContext context = context(proxy)) {
            TransferStatus.Failed end = Copying.failed(mover, move(proxy), context);

            assertThat(end.reason()).isEqualTo("NoSpaceLeft");
            assertThat(end.kind()).isEqualTo(Kind.USER_FIXABLE);
            assertThat(end.fix()).contains("room");
            assertThat(proxy.sent()).as("sent once").isLessThan(64 * MIB);
            assertThat(target(registry).find("1")).as("tag on the target").isEmpty();
        }
    }

    private static RemoteRepository target(OwnRegistry registry) {
        return new RemoteRepository(
                new RegistryClient(Registry.at(registry.address()).plainHttp(), Clock.systemUTC()),
                "eu/web",
                new Retries(Limits.DEFAULT, new Halt()),
                new UploadNotes(new RunContext("none")));
    }
}
