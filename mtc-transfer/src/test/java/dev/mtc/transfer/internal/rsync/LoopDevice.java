package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Side;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.transfer.internal.pods.RealBed;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/** A loop device of this machine as the volume of a claim in a cluster whose node this machine is. Closed with claim and volume. */
final class LoopDevice implements AutoCloseable {

    private final KubernetesClient client;
    private final ClaimRef claim;
    private final String volume;
    private final String device;
    private final Random random = new Random(7);

    LoopDevice(RealBed bed, Side side, Map<Side, String> namespaces, Path directory, int size) throws IOException {
        this.client = bed.client(side);
        this.volume = "mtc-it-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        this.claim = new ClaimRef(namespaces.get(side), volume);
        Path file = directory.resolve(volume);
        try (RandomAccessFile created = new RandomAccessFile(file.toFile(), "rw")) {
            created.setLength(size);
        }
        this.device = run("losetup", "--find", "--show", file.toString());
        client.persistentVolumes().resource(volume(size)).create();
        client.persistentVolumeClaims()
                .inNamespace(claim.namespace())
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(volume)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withVolumeMode("Block")
                        .withStorageClassName(volume)
                        .withNewResources()
                        .addToRequests("storage", new Quantity(Integer.toString(size)))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    private PersistentVolume volume(int size) {
        String node = client.nodes()
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getLabels()
                .get("kubernetes.io/hostname");
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(volume)
                .endMetadata()
                .withNewSpec()
                .addToCapacity("storage", new Quantity(Integer.toString(size)))
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Block")
                .withPersistentVolumeReclaimPolicy("Retain")
                .withStorageClassName(volume)
                .withNewLocal()
                .withPath(device)
                .endLocal()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(node)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + printed);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return printed;
    }

    ClaimRef claim() {
        return claim;
    }

    /** Writes bytes that nobody can guess. */
    void fill(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        try (RandomAccessFile file = new RandomAccessFile(device, "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }

    /** {@return what the first bytes are} */
    String digest(int length) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(device, "r")) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int left = length; left > 0; left -= buffer.length) {
                byte[] part = left < buffer.length ? Arrays.copyOf(buffer, left) : buffer;
                file.readFully(part);
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        var claims = client.persistentVolumeClaims().inNamespace(claim.namespace());
        claims.withName(volume).delete();
        Polling.until(() -> claims.withName(volume).get() == null, gone -> gone, Duration.ofSeconds(60));
        client.persistentVolumes().withName(volume).delete();
        run("losetup", "--detach", device);
    }
}
