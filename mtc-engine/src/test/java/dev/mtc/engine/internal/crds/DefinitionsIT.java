package dev.mtc.engine.internal.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Clusters;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.engine.testing.RecordedRequest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefinitionsIT {

    private static final ResourceType PLANS = ResourceType.of(MigPlan.class);
    private static final ResourceType VOLUMES = ResourceType.of(DirectVolumeMigration.class);

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("host").withoutWorkloads().start();
    private final ApiServer host = Connections.openHost(Clusters.of("host", cluster.client()));

    @AfterEach
    void close() {
        host.close();
        cluster.close();
    }

    /** Puts a changed definition into the cluster. */
    private void define(ResourceType type, Consumer<ObjectNode> change) {
        ObjectNode definition = Definitions.read(type);
        change.accept(definition);
        host.create(Definitions.COLLECTION, definition);
    }

    private static ObjectNode version(ObjectNode definition) {
        return (ObjectNode) definition.at("/spec/versions/0");
    }

    @Test
    void ensure_emptyCluster_servesEveryKind() {
        assertThat(Definitions.ensure(host)).isEmpty();

        assertThat(Definitions.KINDS)
                .allSatisfy(kind -> assertThat(host.list(ResourceType.of(kind).collection("default"), ""))
                        .isEmpty());
    }

    @Test
    void ensure_again_writesNothing() {
        Definitions.ensure(host);
        cluster.forgetRequests();

        assertThat(Definitions.ensure(host)).isEmpty();
        assertThat(cluster.requests()).extracting(RecordedRequest::verb).containsOnly("GET");
    }

    @Test
    void ensure_someMissing_createsOnlyThose() {
        define(PLANS, definition -> version(definition).remove("additionalPrinterColumns"));

        assertThat(Definitions.ensure(host)).isEmpty();

        assertThat(host.get(Definitions.COLLECTION + "/" + PLANS.resource())
                        .at("/spec/versions/0")
                        .has("additionalPrinterColumns"))
                .isFalse();
        assertThat(host.serves(VOLUMES)).isTrue();
    }

    @Test
    void ensure_existingThatPrunes_warnsAndIsRight() {
        define(VOLUMES, definition -> {
            ObjectNode schema = (ObjectNode) version(definition).at("/schema/openAPIV3Schema");
            ((ObjectNode) schema.at("/properties/status")).remove("x-kubernetes-preserve-unknown-fields");
        });

        List<Problem> problems = Definitions.ensure(host);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARN);
            assertThat(problem.code()).isEqualTo("TransfersPruned");
            assertThat(problem.where()).contains(VOLUMES.resource());
            assertThat(problem.fix()).contains("dev/mtc/engine/crds/directvolumemigrations.yaml");
        });
        assertThat(stored(migration()).getStatus().additionalProperties()).doesNotContainKey("transfers");
    }

    @Test
    void ensure_ownDefinition_keepsTransfers() {
        Definitions.ensure(host);
        DirectVolumeMigration migration = migration();

        assertThat(stored(migration).getStatus().additionalProperties())
                .isEqualTo(migration.getStatus().additionalProperties());
    }

    private static DirectVolumeMigration migration() {
        DirectVolumeMigration migration = new DirectVolumeMigration();
        migration.setMetadata(
                new ObjectMetaBuilder().withNamespace("default").withName("a").build());
        migration.getStatus().additionalProperties().put("transfers", List.of("row"));
        return migration;
    }

    private DirectVolumeMigration stored(DirectVolumeMigration migration) {
        return cluster.client().resource(migration).create();
    }

    @Test
    void ensure_existingThatCannotBeUsed_isAnErrorEach() {
        define(PLANS, definition -> ((ObjectNode) definition.path("spec")).put("scope", "Cluster"));
        define(VOLUMES, definition -> version(definition).put("name", "v1"));
        define(
                ResourceType.of(Definitions.KINDS.get(0)),
                definition -> version(definition).putObject("subresources").putObject("status"));

        List<Problem> problems = Definitions.ensure(host);

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("WrongScope", "VersionNotServed", "StatusSubresource");
        assertThat(problems).allMatch(Problem::blocks);
    }

    @Test
    void ensure_withoutRights_saysWhichOne() {
        cluster.access().deny("create", "customresourcedefinitions");

        assertThatThrownBy(() -> Definitions.ensure(host))
                .isInstanceOfSatisfying(ClusterAccessException.class, e -> assertThat(e.remedy())
                        .isEqualTo(Remedy.FIX_INPUT))
                .hasMessageContaining("cannot create resource \"customresourcedefinitions\"");
    }

    @Test
    void await_kindThatIsNeverServed_endsInTime() {
        assertThatThrownBy(() -> Establishment.await(host, List.of(PLANS), Duration.ofMillis(300)))
                .isInstanceOfSatisfying(ClusterAccessException.class, e -> assertThat(e.remedy())
                        .isEqualTo(Remedy.RETRY))
                .hasMessageContaining("migplans.migration.openshift.io/v1alpha1");
    }
}
