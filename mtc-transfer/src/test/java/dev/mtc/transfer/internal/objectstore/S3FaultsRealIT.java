package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.S3Storage;
import dev.mtc.api.contract.ObjectStoreContract;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract while a real server is busy at 30 % of requests and hangs up in 30 % of downloads; killed and large uploads. */
@Timeout(600)
class S3FaultsRealIT extends ObjectStoreContract {

    private static final long MIB = 1 << 20;
    private static final S3Retries SOON = S3Retries.waiting(Duration.ofMillis(5), Duration.ofMillis(100));

    private final String prefix = "it-faults-" + UUID.randomUUID() + "/";
    private FaultyProxy proxy;

    @BeforeEach
    void startProxy() throws IOException {
        proxy();
    }

    @AfterEach
    void deleteAll() {
        proxy.close();
        try (ObjectStore store = S3ObjectStore.open(storage(), SOON)) {
            RealS3.deleteAll(store);
        }
    }

    private S3Storage storage() {
        return RealS3.storage(prefix);
    }

    /** The contract opens its store first. */
    private FaultyProxy proxy() throws IOException {
        if (proxy == null) {
            proxy = new FaultyProxy(RealS3.env("MTC_S3_ENDPOINT")).busy(30).truncating(30);
        }
        return proxy;
    }

    @Override
    protected ObjectStore open() throws IOException {
        return S3ObjectStore.open(RealS3.storage(proxy().endpoint(), prefix), SOON);
    }

    @Test
    void put_inPartsWhileTheServerIsBusy_leavesNoUploadBehind() throws IOException {
        try (ObjectStore store = open()) {
            byte[] bytes = new byte[(int) (40 * MIB)];
            store.put("large", Content.of(bytes));

            assertThat(store.open("large", 0).readAllBytes()).isEqualTo(bytes);
        }
        assertThat(proxy.faults()).isPositive();
        assertThat(RealS3.unfinished(storage())).isEmpty();
    }

    @Test
    void put_afterAnUploadWasKilled_isWholeAndLeavesNoUploadBehind() throws Exception {
        Process killed = storing(1024 * MIB);
        while (killed.isAlive() && RealS3.unfinished(storage()).isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        killed.destroyForcibly().waitFor();
        assertThat(RealS3.unfinished(storage())).hasSize(1);

        assertThat(storing(20 * MIB).waitFor()).isZero();

        assertThat(RealS3.unfinished(storage())).isEmpty();
    }

    @Test
    void put_manyTimesTheHeap_comesBackWhole() throws Exception {
        Process process = storing(Integer.getInteger("mtc.s3.gib", 1) * 1024L * MIB);

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Process storing(long bytes) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                StoringProcess.class.getName(),
                prefix,
                Long.toString(bytes)));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(new File("target/storing-process.log"))
                .start();
    }
}
