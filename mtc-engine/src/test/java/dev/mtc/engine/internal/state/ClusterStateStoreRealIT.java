package dev.mtc.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.StateStore;
import dev.mtc.api.contract.StateStoreContract;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.crds.Definitions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract and the definitions on a real API server. Definitions that were not there before go again. */
class ClusterStateStoreRealIT extends StateStoreContract {

    private static final String VARIABLE = "MTC_TARGET_KUBECONFIG";
    private static final String NAMESPACE =
            "mtc-store-" + UUID.randomUUID().toString().substring(0, 8);

    private static ApiServer host;
    private static Set<String> before;

    private static Cluster cluster() {
        String kubeconfig = Objects.requireNonNull(
                System.getenv(VARIABLE), VARIABLE + " is not set; let it name the kubeconfig of a cluster");
        return Clusters.fromKubeconfig(Path.of(kubeconfig)).named("host");
    }

    @BeforeAll
    static void define() {
        host = Connections.openHost(cluster());
        before = definitions();
        assertThat(Definitions.ensure(host)).isEmpty();
        host.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void remove() {
        KubernetesClient client = host.client();
        client.namespaces().withName(NAMESPACE).delete();
        client.namespaces().withName(NAMESPACE).waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
        Definitions.KINDS.stream()
                .map(kind -> ResourceType.of(kind).resource())
                .filter(name -> !before.contains(name))
                .forEach(name -> client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .delete());
        host.close();
    }

    private static Set<String> definitions() {
        return host.client().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(definition -> definition.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    @Override
    protected StateStore open() {
        Definitions.KINDS.forEach(
                kind -> host.client().resources(kind).inNamespace(NAMESPACE).delete());
        return StateStore.cluster(cluster(), NAMESPACE);
    }

    @ParameterizedTest
    @FieldSource("dev.mtc.engine.internal.crds.Definitions#KINDS")
    void definition_ofEveryKind_isStructuralToTheServer(Class<?> kind) {
        String name = ResourceKey.kindOf(kind);
        CustomResourceDefinition definition = host.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get();

        assertThat(definition.getStatus().getConditions())
                .noneMatch(condition -> condition.getType().equals("NonStructuralSchema"))
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }

    @Test
    void table_ofMigrations_hasMtcsColumns() throws IOException {
        URI uri = URI.create(host.client().getMasterUrl().toString().replaceFirst("/+$", "")
                + ResourceType.of(MigMigration.class).collection(NAMESPACE));
        byte[] table = host.client()
                .getHttpClient()
                .sendAsync(
                        host.client()
                                .getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(uri)
                                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                .build(),
                        byte[].class)
                .join()
                .body();

        assertThat(new ObjectMapper().readTree(table).path("columnDefinitions"))
                .extracting(column -> column.path("name").asText())
                .containsExactly("Name", "Ready", "Plan", "Stage", "Rollback", "Itinerary", "Phase", "Age");
    }

    @Test
    void store_ofTheSameNamespace_isSharedByAllWhoOpenIt() {
        MigHook hook = new MigHook();
        hook.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName("shared")
                .build());
        try (StateStore one = open();
                StateStore two = StateStore.cluster(cluster(), NAMESPACE)) {
            one.create(hook);

            assertThat(two.list(MigHook.class))
                    .extracting(found -> found.getMetadata().getName())
                    .isEqualTo(List.of("shared"));
        }
    }
}
