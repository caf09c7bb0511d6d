package dev.mtc.transfer.internal.pods;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.Verification;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.contract.Polling;
import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Two real clusters with a namespace each for one test class, and a pod on each to look into volumes. */
public final class RealBed implements AutoCloseable {

    private static final int PICK = new Random().nextInt(Short.MAX_VALUE);

    public static final Map<Side, String> NAMESPACE = Map.of(Side.SOURCE, "it-rsync-a", Side.TARGET, "it-rsync-b");

    private static final String SHELL = "shell";

    private final Map<Side, KubernetesClient> clients = new EnumMap<>(Side.class);
    private final String image = variable("MTC_MOVER_IMAGE");
    private final Map<Side, String> namespaces;
    private EndpointChoice endpoint = EndpointChoice.AUTO;
    private final AtomicInteger counter = new AtomicInteger();

    public RealBed() {
        this(NAMESPACE);
    }

    public RealBed(Map<Side, String> namespaces) {
        this(namespaces, "MTC_TARGET_KUBECONFIG");
    }

    /** {@return whether everything is to be tried that is only sampled otherwise} */
    public static boolean isExhaustive() {
        return Boolean.getBoolean("mtc.exhaustive");
    }

    /** Skips a test of several that are alike unless chance picked it or everything is to be tried. */
    public static void assumePicked(int one, int count) {
        assumeTrue(isExhaustive() || one == PICK % count, "chance picked another one; -Dmtc.exhaustive=true tries all");
    }

    /** {@return a bed whose sides are two namespaces of one cluster} */
    public static RealBed inOneCluster(Map<Side, String> namespaces) {
        return new RealBed(namespaces, "MTC_SOURCE_KUBECONFIG");
    }

    private RealBed(Map<Side, String> namespaces, String targetKubeconfig) {
        this.namespaces = namespaces;
        clients.put(Side.SOURCE, RealClient.of(variable("MTC_SOURCE_KUBECONFIG")));
        clients.put(Side.TARGET, RealClient.of(variable(targetKubeconfig)));
        removeNamespaces();
        clients.forEach((side, client) -> {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespaces.get(side))
                            .endMetadata()
                            .build())
                    .create();
            Polling.until(
                    () -> client.serviceAccounts()
                                    .inNamespace(namespaces.get(side))
                                    .withName("default")
                                    .get()
                            != null,
                    there -> there,
                    Duration.ofSeconds(30));
        });
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The environment variable " + name
                    + " is not set; these tests need two clusters, see mtc-examples/testbed/README.md");
        }
        return value;
    }

    /** {@return this bed, whose contexts choose an endpoint from now on} */
    public RealBed choosing(EndpointChoice choice) {
        endpoint = choice;
        return this;
    }

    public KubernetesClient client(Side side) {
        return clients.get(side);
    }

    public String image() {
        return image;
    }

    /** {@return a context whose run has never been before} */
    public MoverContext context() {
        return context(image, Duration.ofSeconds(60));
    }

    public MoverContext context(String moverImage, Duration pendingLimit) {
        return context(Map.of(Side.SOURCE, moverImage, Side.TARGET, moverImage), pendingLimit);
    }

    /** {@return a context with an image for one side that is not the other's} */
    public MoverContext context(Side side, String moverImage) {
        Map<Side, String> images = new EnumMap<>(Map.of(Side.SOURCE, image, Side.TARGET, image));
        images.put(side, moverImage);
        return context(images, Duration.ofMinutes(3));
    }

    private MoverContext context(Map<Side, String> images, Duration pendingLimit) {
        return new Context(this, newRun(), images, pendingLimit, endpoint, OptionalLong::empty);
    }

    private static String newRun() {
        return "it-rsync-" + Long.toString(System.nanoTime(), 36);
    }

    /**
     * {@return a context with an endpoint of its own and a limit}
     *
     * @param bytesPerSecond what a volume may send, asked for again and again
     */
    public MoverContext context(EndpointChoice choice, LongSupplier bytesPerSecond) {
        return new Context(
                this,
                newRun(),
                Map.of(Side.SOURCE, image, Side.TARGET, image),
                Duration.ofMinutes(2),
                choice,
                () -> OptionalLong.of(bytesPerSecond.getAsLong()));
    }

    /** A pair of claims, and a look into their files. */
    public final class Pair implements VolumeMoverContract.Volumes {

        private final String name = "v" + counter.incrementAndGet();
        private final Map<Side, String> directories = new EnumMap<>(Side.class);
        private VolumeChoice.Copy choice = VolumeChoice.copy();

        public Pair(String targetClass, String targetSize) {
            claim(Side.SOURCE, "standard", "2Gi");
            claim(Side.TARGET, targetClass, targetSize);
            for (Side side : Side.values()) {
                String directory = directory(side, name);
                ensureShell(side, directory.substring(0, directory.lastIndexOf('/')));
                directories.put(side, directory);
            }
        }

        public String name() {
            return name;
        }

        public Pair verified() {
            return verified(Verification.FULL);
        }

        public Pair verified(Verification level) {
            choice = choice.verify(level);
            return this;
        }

        @Override
        public VolumeMove move(String key, VolumeMove.Pass pass) {
            return new VolumeMove(name + "/" + key, ref(Side.SOURCE), ref(Side.TARGET), choice, pass);
        }

        public ClaimRef ref(Side side) {
            return new ClaimRef(namespaces.get(side), name);
        }

        @Override
        public String onSource(String command) {
            return run(Side.SOURCE, command);
        }

        @Override
        public String onTarget(String command) {
            return run(Side.TARGET, command);
        }

        /** {@return what rsync would change on the target if it compared all contents; both claims are on one node} */
        public String itemized() {
            return onSource(
                    "rsync -aHAXcn --delete --itemize-changes --numeric-ids --modify-window=-1 --exclude=/lost+found ./ "
                            + directories.get(Side.TARGET) + "/");
        }

        private void claim(Side side, String storageClass, String size) {
            client(side)
                    .persistentVolumeClaims()
                    .inNamespace(namespaces.get(side))
                    .resource(new PersistentVolumeClaimBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withNewSpec()
                            .withAccessModes("ReadWriteOnce")
                            .withStorageClassName(storageClass)
                            .withNewResources()
                            .addToRequests("storage", new Quantity(size))
                            .endResources()
                            .endSpec()
                            .build())
                    .create();
        }

        private String run(Side side, String command) {
            return RealBed.this.run(side, SHELL, "cd " + directories.get(side) + " && " + command);
        }
    }

    /** {@return where the files of a claim are on its node, once it has a volume} */
    private String directory(Side side, String claim) {
        String volume = Polling.until(
                () -> client(side)
                        .persistentVolumeClaims()
                        .inNamespace(namespaces.get(side))
                        .withName(claim)
                        .get()
                        .getSpec()
                        .getVolumeName(),
                name -> name != null && !name.isEmpty(),
                Duration.ofSeconds(60));
        return client(side)
                .persistentVolumes()
                .withName(volume)
                .get()
                .getSpec()
                .getLocal()
                .getPath();
    }

    /** Starts a pod that sees the files of all volumes of a node; one for each pair would be half of a test's time. */
    private synchronized void ensureShell(Side side, String volumes) {
        var pod = client(side).pods().inNamespace(namespaces.get(side)).withName(SHELL);
        if (pod.get() != null) {
            return;
        }
        client(side)
                .pods()
                .inNamespace(namespaces.get(side))
                .resource(shell(volumes))
                .create();
        Polling.until(pod::get, found -> PodState.of(found) == PodState.RUNNING, Duration.ofSeconds(60));
    }

    private Pod shell(String volumes) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(SHELL)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName(SHELL)
                .withImage(image)
                .withCommand("sleep", "86400")
                .addNewVolumeMount()
                .withName("volumes")
                .withMountPath(volumes)
                .withMountPropagation("HostToContainer")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("volumes")
                .withNewHostPath(volumes, "Directory")
                .endVolume()
                .endSpec()
                .build();
    }

    /** {@return what a command printed in a pod} */
    public String run(Side side, String pod, String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch watch = client(side)
                .pods()
                .inNamespace(namespaces.get(side))
                .withName(pod)
                .writingOutput(out)
                .writingError(err)
                .exec("bash", "-c", command)) {
            int code = watch.exitCode().get(120, TimeUnit.SECONDS);
            if (code != 0) {
                throw new AssertionError("'" + command + "' on the " + side.word() + " ended with code " + code + ": "
                        + err.toString(StandardCharsets.UTF_8));
            }
            return out.toString(StandardCharsets.UTF_8).strip();
        } catch (AssertionError e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(command, e);
        }
    }

    public Pair pair() {
        return new Pair("standard", "2Gi");
    }

    private void removeNamespaces() {
        clients.forEach((side, client) -> {
            client.pods().inNamespace(namespaces.get(side)).withGracePeriod(0).delete();
            client.namespaces().withName(namespaces.get(side)).delete();
        });
        clients.forEach((side, client) -> Polling.until(
                () -> client.namespaces().withName(namespaces.get(side)).get() == null,
                gone -> gone,
                Duration.ofSeconds(120)));
    }

    @Override
    public void close() {
        removeNamespaces();
        clients.values().forEach(KubernetesClient::close);
    }

    private record Context(
            RealBed bed,
            String runId,
            Map<Side, String> moverImages,
            Duration pendingLimit,
            EndpointChoice volumeEndpoint,
            Supplier<OptionalLong> limit)
            implements MoverContext {

        @Override
        public Map<String, String> labels() {
            return Map.of("test", runId);
        }

        @Override
        public KubernetesClient client(Side side) {
            return bed.client(side);
        }

        @Override
        public String moverImage(Side side) {
            return moverImages.get(side);
        }

        @Override
        public OptionalLong volumeBytesPerSecond() {
            return limit.get();
        }

        @Override
        public Registry registry(Side side, String host) {
            return Registry.at(host);
        }

        @Override
        public Optional<ObjectStore> repository() {
            return Optional.empty();
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
