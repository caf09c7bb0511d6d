package dev.mtc.examples;

import dev.mtc.api.Storage;
import dev.mtc.api.spi.VolumeMover;
import dev.mtc.transfer.testing.DirectoryVolumes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the demo keeps in files: volumes with pictures and orders of customers, and an object store; gone with the demo. */
final class DemoFiles implements AutoCloseable {

    private static final int PICTURE = 40_000;
    private static final String ORDERS = "orders.log";

    private final Path root;
    private final DirectoryVolumes volumes;

    private DemoFiles(Path root) {
        this.root = root;
        this.volumes = DirectoryVolumes.in(root.resolve("volumes"));
    }

    static DemoFiles inTemporaryDirectory() throws IOException {
        return new DemoFiles(Files.createTempDirectory("mtc-demo"));
    }

    VolumeMover mover() {
        return volumes.mover();
    }

    /** {@return the replication repository} */
    Storage store() {
        return Storage.directory(root.resolve("store"));
    }

    /** {@return the objects that a run left in the store, with their sizes} */
    List<String> stored(String run) throws IOException {
        Path store = root.resolve("store");
        try (Stream<Path> all = Files.walk(store)) {
            List<String> objects = new ArrayList<>();
            for (Path object : all.filter(Files::isRegularFile).sorted().toList()) {
                String key = store.relativize(object).toString();
                if (key.contains(run)) {
                    objects.add(key + ", " + Files.size(object) + " bytes");
                }
            }
            return objects;
        }
    }

    void fill(KubernetesClient cluster, String namespace, String claim, int files) throws IOException {
        Path volume = volumes.of(cluster, namespace, claim);
        Random random = new Random(files);
        byte[] bytes = new byte[PICTURE];
        for (int i = 0; i < files; i++) {
            random.nextBytes(bytes);
            Path folder = Files.createDirectories(volume.resolve("folder-" + i % 10));
            Files.write(folder.resolve("file-" + i), bytes);
        }
        Files.writeString(volume.resolve(ORDERS), "order 1: tea\n");
    }

    void addOrder(KubernetesClient cluster, String namespace, String claim) throws IOException {
        Path orders = volumes.of(cluster, namespace, claim).resolve(ORDERS);
        Files.write(orders, List.of("order 2: biscuits, after the stage"), StandardOpenOption.APPEND);
    }

    String lastOrder(KubernetesClient cluster, String namespace, String claim) throws IOException {
        List<String> orders =
                Files.readAllLines(volumes.of(cluster, namespace, claim).resolve(ORDERS), StandardCharsets.UTF_8);
        return orders.get(orders.size() - 1);
    }

    @Override
    public void close() throws IOException {
        volumes.close();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
