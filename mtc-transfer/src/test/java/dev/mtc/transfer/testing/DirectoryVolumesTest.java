package dev.mtc.transfer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.api.spi.VolumeMover;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryVolumesTest extends VolumeMoverContract {

    private static final ClaimRef FROM = new ClaimRef("shop", "data");
    private static final ClaimRef TO = new ClaimRef("shop-eu", "data");

    private final KubernetesClient source = client(1);
    private final KubernetesClient target = client(2);

    @TempDir
    private Path root;

    private DirectoryVolumes volumes;

    @BeforeEach
    void open() {
        volumes = DirectoryVolumes.in(root);
    }

    @AfterEach
    void close() {
        volumes.close();
        source.close();
        target.close();
    }

    private static KubernetesClient client(int port) {
        return new KubernetesClientBuilder()
                .editOrNewConfig()
                .withMasterUrl("http://127.0.0.1:" + port)
                .endConfig()
                .build();
    }

    @Override
    protected VolumeMover mover() {
        return volumes.mover();
    }

    @Override
    protected MoverContext context() {
        return new Context(source, target);
    }

    @Override
    protected Volumes volumes() {
        return new Volumes() {
            @Override
            public VolumeMove move(String key, Pass pass) {
                return new VolumeMove(key, FROM, TO, VolumeChoice.copy().verify(), pass);
            }

            @Override
            public String onSource(String command) {
                return shell(volumes.of(source, FROM), command);
            }

            @Override
            public String onTarget(String command) {
                return shell(volumes.of(target, TO), command);
            }
        };
    }

    private static String shell(Path directory, String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pass_modesTimesAndLinks_areCarriedOver() {
        Volumes pair = volumes();
        pair.onSource(
                "mkdir -p a/b; echo x >a/b/file; ln a/b/file hard; ln -s a/b soft; chmod 750 a; chmod 640 a/b/file;"
                        + " touch -d 2001-02-03T04:05:06Z a/b/file a");
        pair.onTarget("mkdir soft; echo old >soft/old; echo old >a");

        complete(pair.move("k", Pass.COLD), context());

        String list = "find . ! -name . -printf '%P %y %m %n %l %TY-%Tm-%Td\\n' | sort";
        assertThat(pair.onTarget(list)).isEqualTo(pair.onSource(list)).contains("hard f 640 2", "soft l");
    }

    @Test
    void cutNext_once_isGoneOnWithWithoutWhatHasArrived() {
        Volumes pair = volumes();
        pair.onSource("head -c 300000 /dev/zero >a; head -c 300000 /dev/zero >b");
        VolumeMove move = pair.move("k", Pass.COLD);
        volumes.cutNext(1, 400_000);

        assertThat(complete(move, context()).movedBytes()).isEqualTo(700_000);
        assertThat(volumes.cuts()).isEqualTo(1);
    }

    @Test
    void cutNext_forEachAttempt_failsTheCopyAndAnotherGoesOn() {
        Volumes pair = volumes();
        pair.onSource("head -c 300000 /dev/zero >a");
        VolumeMove move = pair.move("k", Pass.COLD);
        volumes.cutNext(5, 100_000);

        TransferStatus end = end(mover().start(move, context()), move, context());

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).kind()).isEqualTo(Failed.Kind.TRANSIENT);
        assertThat(((Failed) end).message()).contains("after 5 attempts");
        assertThat(volumes.cuts()).isEqualTo(5);
        assertThat(complete(move, context()).movedBytes()).isEqualTo(300_000);
    }

    @Test
    void close_whileACopyRuns_waitsUntilItWritesNoMore() throws IOException, InterruptedException {
        Volumes pair = volumes();
        Files.write(volumes.of(source, FROM).resolve("file"), new byte[2_000_000]);
        volumes.slowDown(1_000);
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context());
        TransferStatus status = mover().poll(ref, move, context());
        while (!(status instanceof TransferStatus.Running running && running.transferredBytes() > 0)) {
            status = mover().poll(ref, move, context());
        }

        volumes.close();

        assertThat(volumes.of(target, TO)).isEmptyDirectory();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mtc-directory-volume")) {
                thread.join(5_000); // its work is over before it is
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void corruptNext_once_isFoundByVerification() {
        Volumes pair = volumes();
        pair.onSource("echo one >a; echo two >b");
        VolumeMove move = pair.move("k", Pass.COLD);
        volumes.corruptNext(1);

        TransferStatus end = end(mover().start(move, context()), move, context());

        assertThat(end).isInstanceOf(Failed.class);
        assertThat(((Failed) end).reason()).isEqualTo("VerifyFailed");
        assertThat(((Failed) end).message()).contains("1 differences", "\na: ").doesNotContain("\nb: ");
    }

    @Test
    void slowDown_copies_runAndTellHowFarTheyAre() throws IOException {
        Volumes pair = volumes();
        Files.write(volumes.of(source, FROM).resolve("file"), new byte[2_000_000]);
        volumes.slowDown(1_000_000);
        VolumeMove move = pair.move("k", Pass.COLD);
        TransferRef ref = mover().start(move, context());

        TransferStatus status = mover().poll(ref, move, context());
        while (!(status instanceof TransferStatus.Running running && running.transferredBytes() > 0)) {
            assertThat(status).isInstanceOf(TransferStatus.Running.class);
            status = mover().poll(ref, move, context());
        }
        mover().cancel(ref, move, context());

        assertThat(mover().poll(ref, move, context())).isInstanceOf(TransferStatus.Lost.class);
        cleanUp(ref, move, context());
    }

    /** A run between two clusters that are never asked. */
    private record Context(KubernetesClient source, KubernetesClient target) implements MoverContext {

        @Override
        public String runId() {
            return "run";
        }

        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public KubernetesClient client(Side side) {
            return side == Side.SOURCE ? source : target;
        }

        @Override
        public String moverImage(Side side) {
            throw new AssertionError("nothing runs in pods");
        }

        @Override
        public Registry registry(Side side, String host) {
            throw new AssertionError("no images are moved");
        }

        @Override
        public Optional<ObjectStore> repository() {
            return Optional.empty();
        }

        @Override
        public Duration pendingLimit() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }
}
