package dev.mtc.testkit;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Storage;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.transfer.testing.DirectoryVolumes;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a migration needs, inside the JVM: two clusters with the controllers that make workloads behave, a registry for each,
 * an object store, and volumes that are directories. A JUnit 5 extension: registered in a field it is made anew for each test
 * and gone after it. The target pulls no images from the source's registry, as its nodes could not. A test whose faults
 * have broken nothing fails.
 *
 * <pre>{@code
 * @RegisterExtension
 * final MtcTestKit kit = MtcTestKit.create();
 *
 * @Test
 * void shop_isCutInTheMiddle_arrives() {
 *     kit.deploy(SHOP);
 *     kit.cutConnectionAfter(100_000);
 *     Plan plan = kit.plan("shop").namespace("shop").build();
 *     assertThat(kit.migration(plan).cutover().await()).endedClean().moved("shop/data");
 * }
 * }</pre>
 *
 * <p>What it hands out is thread-safe; itself it is for the thread of the test. Outside a test all methods but
 * {@link #versions} throw {@link IllegalStateException}.
 * @since 0.1
 */
public final class MtcTestKit implements BeforeEachCallback, AfterEachCallback {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String REGISTRY = "REGISTRY";

    private String sourceVersion = "1.29";
    private String targetVersion = "1.29";
    private final List<String> cuts = new ArrayList<>();
    private @Nullable KitParts parts;

    private MtcTestKit() {}

    /** {@return a kit whose clusters are both of version 1.29} */
    public static MtcTestKit create() {
        return new MtcTestKit();
    }

    /**
     * Chooses the versions of Kubernetes of the clusters of later tests.
     *
     * @param source of the source, like {@code 1.27}
     * @param target of the target
     * @return this
     */
    public MtcTestKit versions(String source, String target) {
        sourceVersion = Objects.requireNonNull(source, "source");
        targetVersion = Objects.requireNonNull(target, "target");
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        parts = KitParts.start(sourceVersion, targetVersion);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        KitParts all = parts;
        parts = null;
        if (all == null) {
            return;
        }
        all.close();
        List<String> unspent = unspentFaults(all);
        if (!unspent.isEmpty() && context.getExecutionException().isEmpty()) {
            throw new AssertionError("Faults that were asked for have broken nothing: " + String.join(", ", unspent)
                    + "; no run came there, or the test needs them not");
        }
    }

    private List<String> unspentFaults(KitParts all) {
        List<String> unspent = new ArrayList<>(all.faults().unspent());
        if (!cuts.isEmpty() && all.cuts() < cuts.size()) {
            unspent.addAll(cuts.subList((int) all.cuts(), cuts.size()));
        }
        cuts.clear();
        return unspent;
    }

    private KitParts parts() {
        if (parts == null) {
            throw new IllegalStateException(
                    "The kit is there during a test only; register it in a field with @RegisterExtension");
        }
        return parts;
    }

    /** {@return the cluster that plans migrate from} */
    public EmbeddedCluster source() {
        return parts().source();
    }

    /** {@return the cluster that plans migrate to} */
    public EmbeddedCluster target() {
        return parts().target();
    }

    /** {@return where the source's images are} */
    public FakeRegistry sourceRegistry() {
        return parts().sourceRegistry();
    }

    /** {@return where images go} */
    public FakeRegistry targetRegistry() {
        return parts().targetRegistry();
    }

    /** {@return what is behind {@link #storage()}} */
    public MemoryObjectStore store() {
        return parts().store();
    }

    /** {@return a storage for {@code plan.via(...)} that is kept in memory} */
    public Storage storage() {
        return parts().storage();
    }

    /** {@return the data of all claims} */
    public DirectoryVolumes volumes() {
        return parts().volumes();
    }

    /**
     * {@return the directory with a claim's data on the source}
     *
     * @param namespace the claim's namespace
     * @param claim the claim's name
     */
    public Path sourceVolume(String namespace, String claim) {
        return volumes().of(source().client(), namespace, claim);
    }

    /**
     * {@return the directory with a claim's data on the target}
     *
     * @param namespace the claim's namespace
     * @param claim the claim's name
     */
    public Path targetVolume(String namespace, String claim) {
        return volumes().of(target().client(), namespace, claim);
    }

    /** {@return the time that migrations of this kit go by: the system's, and what {@link #advance} has added} */
    public Clock clock() {
        return parts().clock();
    }

    /**
     * Lets time pass at once, for deadlines.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        parts().clock().advance(time);
    }

    /**
     * Creates objects on the source and waits until its controllers have come to rest. The word {@code REGISTRY} in image
     * references is replaced by the source's registry.
     *
     * @param manifests YAML, one or several documents
     * @throws IllegalStateException if pods do not come to rest within a minute
     */
    public void deploy(String manifests) {
        String filled = manifests.replace(REGISTRY + "/", sourceRegistry().host() + "/");
        source().client()
                .load(new ByteArrayInputStream(filled.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        if (!source().settle(LIMIT)) {
            throw new IllegalStateException("The source has not come to rest within " + LIMIT.toSeconds() + " s");
        }
    }

    /**
     * Begins a plan from the source to the target with their registries.
     *
     * @param name of the plan
     * @return the plan, to be given namespaces
     */
    public PlanBuilder plan(String name) {
        return Plan.named(name)
                .from(Clusters.of("source", source().client())
                        .registry(sourceRegistry().connection()))
                .to(Clusters.of("target", target().client())
                        .registry(targetRegistry().connection()));
    }

    /**
     * {@return a migration with this kit's volumes, storage, clock and faults}
     *
     * @param plan of this kit
     */
    public Migration migration(Plan plan) {
        KitParts all = parts();
        Migration migration = Migration.of(plan).clock(all.clock());
        all.providers().forEach(migration::provider);
        return migration;
    }

    /**
     * Fails the next run that comes to a phase, there, once.
     *
     * @param phase where; one of the itineraries Stage, Final or Rollback
     * @return this
     * @throws IllegalArgumentException if runs are never stopped in that phase
     */
    public MtcTestKit failOn(Phase phase) {
        parts().faults().failOn(phase);
        return this;
    }

    /**
     * Cuts the next connection of each kind that carries so much, once: of a copy of a volume, of an upload to the target's
     * registry, and to the object store. {@code cuts()} of {@link #volumes()}, {@link #targetRegistry()} and {@link #store()}
     * tell which were.
     *
     * @param bytes how many still pass, at least 0
     * @return this
     */
    public MtcTestKit cutConnectionAfter(long bytes) {
        cuts.add("cutConnectionAfter(" + bytes + ")");
        volumes().cutNext(1, bytes);
        targetRegistry().cutNext(FakeRegistry.Operation.UPLOAD_WRITE, 1, bytes);
        store().cutAfterBytes(bytes);
        return this;
    }

    @Override
    public String toString() {
        return "MtcTestKit[" + (parts == null ? "between tests" : source() + " -> " + target()) + "]";
    }
}
