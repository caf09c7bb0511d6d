package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {

    private static final String MAP = "/api/v1/namespaces/default/configmaps/s";
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/d";

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("apply").withoutWorkloads().start();
    private final Http http = new Http(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void apply_absent_creates() {
        Http.Answer answer = http.apply(MAP, "m1", map("'a':'1','b':'2'"));

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.json().at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:a\":{},\"f:b\":{}}}");
        assertThat(answer.json().at("/metadata/managedFields/0/operation").asText())
                .isEqualTo("Apply");
    }

    @Test
    void apply_again_changesNothing() {
        String first = revision(http.apply(MAP, "m1", map("'a':'1'")));

        assertThat(revision(http.apply(MAP, "m1", map("'a':'1'")))).isEqualTo(first);
    }

    @Test
    void apply_othersField_conflictsInTheServersWords() {
        http.apply(MAP, "m1", map("'a':'1','b':'2'"));

        Http.Answer one = http.apply(MAP, "m2", map("'a':'9'"));
        Http.Answer two = http.apply(MAP, "m2", map("'a':'9','b':'9'"));

        assertThat(one.code()).isEqualTo(409);
        assertThat(one.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"m1\": .data.a");
        assertThat(two.message())
                .isEqualTo("Apply failed with 2 conflicts: conflicts with \"m1\":\n- .data.a\n- .data.b");
        assertThat(two.json().at("/details/causes/0/reason").asText()).isEqualTo("FieldManagerConflict");
    }

    @Test
    void apply_sameValueAsOther_isShared() {
        http.apply(MAP, "m1", map("'a':'1'"));

        assertThat(http.apply(MAP, "m2", map("'a':'1'")).code()).isEqualTo(200);
        JsonNode left = http.apply(MAP, "m1", map("")).json();
        assertThat(left.at("/data/a").asText()).isEqualTo("1");
    }

    @Test
    void apply_forced_takesOwnership() {
        http.apply(MAP, "m1", map("'a':'1','b':'2'"));

        JsonNode taken = http.apply(MAP + "?force=true", "m2", map("'a':'9'")).json();

        assertThat(taken.at("/data/a").asText()).isEqualTo("9");
        assertThat(taken.at("/data/b").asText()).isEqualTo("2");
        assertThat(taken.at("/metadata/managedFields/0/fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:b\":{}}}");
        assertThat(taken.at("/metadata/managedFields/1/fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
    }

    @Test
    void apply_fieldGivenUp_isRemoved() {
        http.apply(MAP, "m1", map("'a':'1','b':'2'"));

        JsonNode left = http.apply(MAP, "m1", map("'a':'1'")).json();

        assertThat(left.path("data").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void apply_updatedByOther_conflictsNamingTheUpdate() {
        http.apply(MAP, "m1", map("'a':'1'"));
        http.patch(MAP + "?fieldManager=hand", "merge-patch+json", "{'data':{'a':'2'}}");

        assertThat(http.apply(MAP, "m1", map("'a':'1'")).message())
                .startsWith("Apply failed with 1 conflict: conflict with \"hand\" using v1 at ");
    }

    @Test
    void apply_keyedList_mergesItems() {
        http.apply(
                DEPLOYMENT,
                "m1",
                deployment("{'name':'c','image':'x','env':[{'name':'E','value':'1'}],'ports':[{'containerPort':80}]}"));

        JsonNode merged = http.apply(
                        DEPLOYMENT,
                        "m2",
                        deployment("{'name':'side','image':'y'},{'name':'c','env':[{'name':'F','value':'2'}]}"))
                .json();

        assertThat(merged.at("/spec/template/spec/containers")).hasSize(2);
        assertThat(merged.at("/spec/template/spec/containers/0/env")).hasSize(2);
        assertThat(merged.at("/spec/template/spec/containers/0/image").asText()).isEqualTo("x");
        JsonNode without = http.apply(DEPLOYMENT, "m2", deployment("")).json();
        assertThat(without.at("/spec/template/spec/containers")).hasSize(1);
        assertThat(without.at("/spec/template/spec/containers/0/env")).hasSize(1);
    }

    @Test
    void apply_noManager_isInvalid() {
        assertThat(http.patch(MAP, "apply-patch+yaml", map("")).message())
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    }

    @Test
    void apply_managedFieldsGiven_isBadRequest() {
        String body =
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'s','managedFields':[{'manager':'a'}]}}";

        assertThat(http.apply(MAP, "m1", body).message()).isEqualTo("metadata.managedFields must be nil");
    }

    @Test
    void apply_uidOfNothing_isConflict() {
        String body = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'s','uid':'abc'}}";

        assertThat(http.apply(MAP, "m1", body).code()).isEqualTo(409);
    }

    @Test
    void apply_dryRun_storesNothing() {
        assertThat(http.apply(MAP + "?dryRun=All", "m1", map("'a':'1'")).code()).isEqualTo(201);
        assertThat(http.get(MAP).code()).isEqualTo(404);
    }

    @Test
    void apply_yaml_isUnderstood() {
        assertThat(http.apply(MAP, "m1", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: x\n")
                        .json()
                        .at("/data/a")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void apply_throughFabric8_works() {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("f")
                .withNamespace("default")
                .endMetadata()
                .addToData("a", "1")
                .build();

        ConfigMap applied = cluster.client()
                .resource(map)
                .fieldManager("mtc")
                .forceConflicts()
                .serverSideApply();

        assertThat(applied.getMetadata().getManagedFields().get(0).getManager()).isEqualTo("mtc");
    }

    private static String revision(Http.Answer answer) {
        return answer.json().at("/metadata/resourceVersion").asText();
    }

    private static String map(String data) {
        String inner = data.isEmpty() ? "" : ",'data':{" + data + "}";
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'s'}" + inner + "}";
    }

    private static String deployment(String containers) {
        String pod = containers.isEmpty()
                ? ""
                : ",'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[" + containers + "]}}";
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}}"
                + pod + "}}";
    }
}
