package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatchesTest {

    private static final String MAP = "/api/v1/namespaces/default/configmaps/one";
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/d";
    private static final String STRATEGIC = "strategic-merge-patch+json";

    private final EmbeddedCluster cluster =
            EmbeddedCluster.builder("patches").withoutWorkloads().start();
    private final Http http = new Http(cluster);

    @BeforeEach
    void makeOne() {
        http.post("/api/v1/namespaces/default/configmaps", "{'metadata':{'name':'one'},'data':{'a':'1','b':'2'}}");
        http.post(
                "/apis/apps/v1/namespaces/default/deployments",
                "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':"
                        + "{'a':'b'}},'spec':{'containers':[{'name':'c','image':'x','env':[{'name':'E','value':'1'}]}]}}}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void merge_nullAndValue_removesAndSets() {
        JsonNode data = http.patch(MAP, "merge-patch+json", "{'data':{'a':null,'c':'3'}}")
                .json()
                .path("data");

        assertThat(data.toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
    }

    @Test
    void merge_staleRevision_isConflict() {
        assertThat(http.patch(MAP, "merge-patch+json", "{'metadata':{'resourceVersion':'1'},'data':{'a':'9'}}")
                        .code())
                .isEqualTo(409);
    }

    @Test
    void merge_dryRun_changesNothing() {
        http.patch(MAP + "?dryRun=All", "merge-patch+json", "{'data':{'a':'9'}}");

        assertThat(http.get(MAP).json().at("/data/a").asText()).isEqualTo("1");
    }

    @Test
    void json_operations_areDoneInOrder() {
        JsonNode data = http.patch(
                        MAP,
                        "json-patch+json",
                        "[{'op':'test','path':'/data/a','value':'1'},{'op':'move','from':'/data/a','path':'/data/z'},"
                                + "{'op':'replace','path':'/data/b','value':'9'},{'op':'add','path':'/data/n','value':'0'}]")
                .json()
                .path("data");

        assertThat(data).isEqualTo(Trees.object("b", "9", "n", "0", "z", "1"));
    }

    @Test
    void json_failedTest_isRefusedAndChangesNothing() {
        Http.Answer answer = http.patch(
                MAP,
                "json-patch+json",
                "[{'op':'remove','path':'/data/b'},{'op':'test','path':'/data/a','value':'2'}]");

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).isEqualTo("the server rejected our request due to an error in our request");
        assertThat(http.get(MAP).json().at("/data/b").asText()).isEqualTo("2");
    }

    @Test
    void strategic_lists_areMergedByKey() {
        JsonNode containers = strategic("{'name':'c','env':[{'name':'F','value':'2'}]},{'name':'side','image':'y'}");

        assertThat(containers).hasSize(2);
        assertThat(containers.at("/0/env")).hasSize(2);
        assertThat(containers.at("/0/image").asText()).isEqualTo("x");
    }

    @Test
    void strategic_deleteDirective_removesTheItem() {
        JsonNode containers = strategic("{'name':'c','env':[{'name':'E','$patch':'delete'}]}");

        assertThat(containers.at("/0/env")).isEmpty();
    }

    @Test
    void patch_unknownType_isUnsupported() {
        assertThat(http.patch(MAP, "odd", "{}").code()).isEqualTo(415);
    }

    @Test
    void patch_otherName_isBadRequest() {
        Http.Answer answer = http.patch(MAP, "merge-patch+json", "{'metadata':{'name':'two'}}");

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("the name of the object (two) does not match the name on the URL (one)");
    }

    @Test
    void patch_immutableSelector_isInvalid() {
        Http.Answer answer =
                http.patch(DEPLOYMENT, "merge-patch+json", "{'spec':{'selector':{'matchLabels':{'a':'c'}}}}");

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).contains("spec.selector").contains("field is immutable");
    }

    @Test
    void status_patchedAsSubresource_changesStatusOnly() {
        http.patch(DEPLOYMENT, "merge-patch+json", "{'status':{'replicas':7}}");
        assertThat(http.get(DEPLOYMENT).json().at("/status/replicas").asInt()).isZero();

        http.patch(DEPLOYMENT + "/status", "merge-patch+json", "{'status':{'replicas':7},'spec':{'replicas':9}}");

        JsonNode now = http.get(DEPLOYMENT).json();
        assertThat(now.at("/status/replicas").asInt()).isEqualTo(7);
        assertThat(now.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(now.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    private JsonNode strategic(String containers) {
        String patch = "{'spec':{'template':{'spec':{'containers':[" + containers + "]}}}}";
        return http.patch(DEPLOYMENT, STRATEGIC, patch).json().at("/spec/template/spec/containers");
    }
}
