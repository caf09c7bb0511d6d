package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Side;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters, a namespace on the first, and what brings its objects to the second. */
abstract class ObjectsBed {

    static final String MAPS = "/api/v1/namespaces/shop/configmaps";

    @TempDir
    Path directory;

    final EmbeddedCluster old = EmbeddedCluster.start("old");
    final EmbeddedCluster recent = EmbeddedCluster.start("new");
    final CountedCluster source = CountedCluster.at(Side.SOURCE, old.url());
    final CountedCluster target = CountedCluster.at(Side.TARGET, recent.url());

    @BeforeEach
    void makeNamespace() {
        create("/api/v1/namespaces", Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}"));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
        old.close();
        recent.close();
    }

    void create(String collection, ObjectNode object) {
        source.server().create(collection, object);
    }

    void makeMaps(int count) {
        for (int i = 0; i < count; i++) {
            create(MAPS, Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map-%04d}".formatted(i)));
        }
    }

    Plan plan(UnaryOperator<PlanBuilder> more) {
        return more.apply(Plan.named("shop")
                        .from(source.cluster())
                        .to(target.cluster())
                        .namespace("shop"))
                .build();
    }

    Archive capture(Plan plan) {
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            capture(plan, writer, done -> {});
            return writer.finish();
        }
    }

    CaptureReport capture(Plan plan, ArchiveWriter writer, LongConsumer progress) {
        return Capture.of(source.server(), source.discovery(), target.discovery(), plan, source.executor())
                .into(writer, progress);
    }

    /** {@return a restore whose namespaces are there} */
    Restore restore(Plan plan) {
        Restore restore = Restore.of(
                target.server(),
                target.discovery(),
                RestoreSettings.of(plan, "plan-uid", "migration-uid"),
                capture(plan),
                target.executor());
        restore.ensureNamespaces();
        assertThat(recent.settle(Duration.ofSeconds(20))).isTrue();
        assertThat(restore.ensureNamespaces().unready()).isEmpty();
        return restore;
    }

    RestoreResult migrate(Plan plan) {
        return restore(plan).apply(done -> {});
    }
}
