package dev.mtc.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.StateStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DirectoryStateStoreKillIT {

    private static final int KILLS = 25;

    @TempDir
    Path directory;

    @Test
    void kill_whileUpdating_leavesAWholeResourceNotOlderThanTheLastAcknowledged() throws Exception {
        try (StateStore store = StateStore.directory(directory)) {
            store.create(DirectoryStateStoreTest.configMap("a"));
            long acknowledged = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int updates = ThreadLocalRandom.current().nextInt(1, 40);
                acknowledged = Math.max(acknowledged, killedAfter(updates));

                ConfigMap left = store.get(ConfigMap.class, "ns", "a").orElseThrow();
                assertThat(version(left)).isGreaterThanOrEqualTo(acknowledged);
                assertThat(left.getData()).containsKeys("key", "count", "padding");
                assertThat(DirectoryStateStoreTest.counted(store)).isTrue();
            }
        }
    }

    @Test
    void update_twoProcesses_loseNoUpdate() throws Exception {
        try (StateStore store = StateStore.directory(directory)) {
            store.create(DirectoryStateStoreTest.configMap("a"));
            List<Process> processes = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) {
                    processes.add(child("150")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
                }
                for (int done = 0; done < 50; ) {
                    done += DirectoryStateStoreTest.counted(store) ? 1 : 0;
                }
                for (Process process : processes) {
                    assertThat(process.waitFor()).isZero();
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            assertThat(store.get(ConfigMap.class, "ns", "a").orElseThrow().getData())
                    .containsEntry("count", "350");
        }
    }

    /** {@return the last version that a child reported before it was killed, at some moment after so many updates} */
    private long killedAfter(int updates) throws IOException, InterruptedException {
        Process process = child(Integer.toString(Integer.MAX_VALUE)).start();
        long last = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < updates; i++) {
                last = acknowledged(lines.readLine());
            }
            process.toHandle().destroyForcibly(); // unlike the process's own, leaves the output readable
            // what it said before it died was acknowledged too
            for (String line = lines.readLine(); line != null && line.endsWith("."); line = lines.readLine()) {
                last = acknowledged(line);
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        return last;
    }

    private static long acknowledged(String line) {
        return Long.parseLong(line.substring(0, line.length() - 1));
    }

    private ProcessBuilder child(String updates) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        updates)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static long version(ConfigMap resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    /** Updates one resource over and over and prints each version that the store has acknowledged. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            try (StateStore store = StateStore.directory(Path.of(args[0]))) {
                for (int done = 0; done < Integer.parseInt(args[1]); ) {
                    ConfigMap resource = store.get(ConfigMap.class, "ns", "a").orElseThrow();
                    resource.getData().put("padding", "x".repeat(20_000));
                    int count = Integer.parseInt(resource.getData().getOrDefault("count", "0"));
                    resource.getData().put("count", Integer.toString(count + 1));
                    try {
                        out.println(store.update(resource).getMetadata().getResourceVersion() + ".");
                        done++;
                    } catch (StateStore.Conflict lost) {
                        // the other process was first; read again
                    }
                }
            }
        }
    }
}
