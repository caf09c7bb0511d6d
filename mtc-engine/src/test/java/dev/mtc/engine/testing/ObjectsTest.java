package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("objects");
    private final KubernetesClient client = cluster.client();
    private final Http http = new Http(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @BeforeEach
    void makeOne() {
        client.resource(map("one", "a", "1")).create();
    }

    @Test
    void create_newObject_getsWhatServersSet() {
        ConfigMap made = client.resource(map("two", "a", "1")).create();

        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(made.getMetadata().getCreationTimestamp()).isNotBlank();
        assertThat(made.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(made.getMetadata().getManagedFields()).hasSize(1);
        assertThat(client.configMaps().withName("two").get()).isEqualTo(made);
    }

    @Test
    void create_sameName_isRefused() {
        Http.Answer answer = http.post(MAPS, "{'metadata':{'name':'one'}}");

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.message()).isEqualTo("configmaps \"one\" already exists");
        assertThat(answer.json().path("reason").asText()).isEqualTo("AlreadyExists");
    }

    @Test
    void create_badName_isInvalidWithCause() {
        Http.Answer answer = http.post(MAPS, "{'metadata':{'name':'Bad_Name'}}");

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message())
                .startsWith(
                        "ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase");
        assertThat(answer.json().at("/details/causes/0/field").asText()).isEqualTo("metadata.name");
    }

    @Test
    void create_noName_isInvalid() {
        assertThat(http.post(MAPS, "{'metadata':{}}").message())
                .isEqualTo(
                        "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required");
    }

    @Test
    void create_generateName_makesDistinctNames() {
        String first = http.post(MAPS, "{'metadata':{'generateName':'g-'}}")
                .json()
                .at("/metadata/name")
                .asText();
        String second = http.post(MAPS, "{'metadata':{'generateName':'g-'}}")
                .json()
                .at("/metadata/name")
                .asText();

        assertThat(first).matches("g-[a-z0-9]{5}").isNotEqualTo(second);
    }

    @Test
    void create_missingNamespace_isNotFound() {
        Http.Answer answer = http.post("/api/v1/namespaces/nowhere/configmaps", "{'metadata':{'name':'x'}}");

        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void create_otherNamespaceInBody_isBadRequest() {
        assertThat(http.post(MAPS, "{'metadata':{'name':'x','namespace':'other'}}")
                        .code())
                .isEqualTo(400);
    }

    @Test
    void create_dryRun_storesNothing() {
        assertThat(http.post(MAPS + "?dryRun=All", "{'metadata':{'name':'dry'}}")
                        .code())
                .isEqualTo(201);
        assertThat(http.get(MAPS + "/dry").code()).isEqualTo(404);
    }

    @Test
    void create_unknownFields_areKept() {
        http.post(MAPS, "{'metadata':{'name':'odd'},'whatever':{'x':[1]}}");

        assertThat(http.get(MAPS + "/odd").json().at("/whatever/x/0").asInt()).isEqualTo(1);
    }

    @Test
    void update_staleRevision_isConflict() {
        ConfigMap stale = client.configMaps().withName("one").get();
        client.configMaps()
                .withName("one")
                .edit(m -> new ConfigMapBuilder(m).addToData("b", "2").build());

        assertThatThrownBy(() -> client.resource(stale).update())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
    }

    @Test
    void update_nothingChanged_keepsRevision() {
        String before =
                http.get(MAPS + "/one").json().at("/metadata/resourceVersion").asText();

        String after = http.put(MAPS + "/one", "{'metadata':{'name':'one'},'data':{'a':'1'}}")
                .json()
                .at("/metadata/resourceVersion")
                .asText();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void delete_object_answersStatus() {
        Http.Answer answer = http.delete(MAPS + "/one");

        assertThat(answer.json().path("status").asText()).isEqualTo("Success");
        assertThat(answer.json().at("/details/kind").asText()).isEqualTo("configmaps");
        assertThat(http.get(MAPS + "/one").code()).isEqualTo(404);
    }

    @Test
    void delete_withFinalizer_waitsForIt() {
        http.post(MAPS, "{'metadata':{'name':'held','finalizers':['example.com/hold']}}");

        http.delete(MAPS + "/held");
        assertThat(http.get(MAPS + "/held")
                        .json()
                        .at("/metadata/deletionTimestamp")
                        .asText())
                .isNotEmpty();
        http.patch(MAPS + "/held", "merge-patch+json", "{'metadata':{'finalizers':null}}");

        assertThat(http.get(MAPS + "/held").code()).isEqualTo(404);
    }

    @Test
    void delete_wrongUidPrecondition_isConflict() {
        assertThat(http.delete(MAPS + "/one", "{'preconditions':{'uid':'other'}}")
                        .code())
                .isEqualTo(409);
        assertThat(http.delete(MAPS + "/one", "{'preconditions':{'resourceVersion':'1'}}")
                        .code())
                .isEqualTo(409);
        assertThat(http.get(MAPS + "/one").code()).isEqualTo(200);
    }

    @Test
    void deleteCollection_selector_leavesOthers() {
        http.post(MAPS, "{'metadata':{'name':'x','labels':{'gone':'yes'}}}");

        http.delete(MAPS + "?labelSelector=gone%3Dyes");

        assertThat(http.get(MAPS + "/x").code()).isEqualTo(404);
        assertThat(http.get(MAPS + "/one").code()).isEqualTo(200);
    }

    @Test
    void namespace_created_isFurnished() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();

        assertThat(client.serviceAccounts()
                        .inNamespace("shop")
                        .withName("default")
                        .get())
                .isNotNull();
        assertThat(client.configMaps()
                        .inNamespace("shop")
                        .withName("kube-root-ca.crt")
                        .get())
                .isNotNull();
    }

    @Test
    void namespace_deleted_takesContentsAlong() {
        http.post("/api/v1/namespaces", "{'metadata':{'name':'shop'}}");
        http.post(
                "/api/v1/namespaces/shop/configmaps", "{'metadata':{'name':'held','finalizers':['example.com/hold']}}");
        http.delete("/api/v1/namespaces/shop");
        cluster.settle(Duration.ofSeconds(10));

        assertThat(http.get("/api/v1/namespaces/shop")
                        .json()
                        .at("/status/phase")
                        .asText())
                .isEqualTo("Terminating");
        assertThat(http.post("/api/v1/namespaces/shop/configmaps", "{'metadata':{'name':'late'}}")
                        .code())
                .isEqualTo(403);
        assertThat(http.get("/api/v1/namespaces/shop/serviceaccounts").json().path("items"))
                .isEmpty();

        http.patch("/api/v1/namespaces/shop/configmaps/held", "merge-patch+json", "{'metadata':{'finalizers':null}}");
        cluster.settle(Duration.ofSeconds(10));
        assertThat(http.get("/api/v1/namespaces/shop").code()).isEqualTo(404);
    }

    private static ConfigMap map(String name, String key, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .addToData(key, value)
                .build();
    }
}
