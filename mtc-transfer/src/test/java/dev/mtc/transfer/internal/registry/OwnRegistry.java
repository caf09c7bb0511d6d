package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's docker-registry in a process of its own, which may be restarted without disturbing anybody, over plain HTTP. */
final class OwnRegistry implements AutoCloseable {

    private final List<String> command = new ArrayList<>();
    private final File log;
    private final int port;
    private Process process;

    /** Starts one that keeps all in a directory. */
    OwnRegistry(Path directory) throws IOException {
        this(directory, List.of());
    }

    /**
     * Starts one.
     *
     * @param starter what starts the program whose path and arguments come behind it
     */
    private OwnRegistry(Path directory, List<String> starter) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        log = directory.resolve("log").toFile();
        Path settings = directory.resolve("settings.yml");
        // the secret signs how far uploads came, so that a restarted registry believes it
        Files.writeString(
                settings,
                """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d", secret: of-this-test}
                """
                        .formatted(content(directory), port));
        command.addAll(starter);
        command.addAll(List.of(RealRegistries.variable("MTC_REGISTRY_PROGRAM"), "serve", settings.toString()));
        process = start();
    }

    private static Path content(Path directory) throws IOException {
        return Files.createDirectories(directory.resolve("content"));
    }

    /**
     * {@return one that has room for so much, in memory} Needs to be root, as the test bed does.
     *
     * @param size as mount takes it, such as {@code 40m}
     */
    static OwnRegistry withRoomFor(String size, Path directory) throws IOException {
        String mount = "mount -t tmpfs -o size=" + size + " none " + content(directory) + " && exec \"$@\"";
        return new OwnRegistry(directory, List.of("unshare", "--mount", "sh", "-c", mount, "sh"));
    }

    private Process start() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            Copying.until("the registry answers", () -> {
                assertThat(started.isAlive()).as("registry, see %s", log).isTrue();
                return isReachable();
            });
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReachable() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Kills and starts it; what it had written stays. */
    void restart() {
        process.destroyForcibly().onExit().join();
        process = start();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
