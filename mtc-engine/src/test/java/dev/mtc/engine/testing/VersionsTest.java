package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private static final String CORE = "/api/v1/namespaces/default/";

    @Test
    void version120_servesWhatItDid() {
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder("old").version("1.20").start()) {
            Http http = new Http(cluster);

            assertThat(http.get("/version").json().path("minor").asText()).isEqualTo("20");
            assertThat(http.get("/apis/batch/v1beta1/cronjobs").code()).isEqualTo(200);
            assertThat(http.get("/apis/batch/v1/cronjobs").code()).isEqualTo(404);
            assertThat(http.get("/apis/policy/v1").code()).isEqualTo(404);
            assertThat(http.get("/apis/autoscaling/v1/horizontalpodautoscalers").code())
                    .isEqualTo(200);
        }
    }

    @Test
    void version120_givesServiceAccountsTokens() {
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder("old").version("1.20").start()) {
            Http http = new Http(cluster);
            http.post(CORE + "serviceaccounts", "{'metadata':{'name':'robot'}}");

            String secret = http.get(CORE + "serviceaccounts/robot")
                    .json()
                    .at("/secrets/0/name")
                    .asText();

            assertThat(secret).startsWith("robot-token-");
            JsonNode token = http.get(CORE + "secrets/" + secret).json();
            assertThat(token.path("type").asText()).isEqualTo("kubernetes.io/service-account-token");
            assertThat(token.path("data").size()).isEqualTo(3);
        }
    }

    @Test
    void version120_appliedServicePortWithoutProtocol_fails() {
        String service = "{'apiVersion':'v1','kind':'Service','spec':{'ports':[{'port':80}]}}";
        try (EmbeddedCluster old =
                        EmbeddedCluster.builder("old").version("1.20").start();
                EmbeddedCluster now = EmbeddedCluster.start("new")) {
            assertThat(new Http(old).apply(CORE + "services/s", "m", service).code())
                    .isEqualTo(500);
            assertThat(new Http(now).apply(CORE + "services/s", "m", service).code())
                    .isEqualTo(201);
        }
    }

    @Test
    void version129_servesWhatItDoes() {
        try (EmbeddedCluster cluster = EmbeddedCluster.start("new")) {
            Http http = new Http(cluster);

            assertThat(http.get("/apis/batch/v1beta1").code()).isEqualTo(404);
            assertThat(http.get("/apis/batch/v1/cronjobs").code()).isEqualTo(200);
            assertThat(http.get("/apis/policy/v1/poddisruptionbudgets").code()).isEqualTo(200);
            assertThat(http.get("/apis/autoscaling/v2/horizontalpodautoscalers").code())
                    .isEqualTo(200);
            assertThat(http.get(CORE + "secrets").json().path("items")).isEmpty();
        }
    }

    @Test
    void version129_restrictedNamespace_refusesPrivilegedPods() {
        try (EmbeddedCluster cluster = EmbeddedCluster.start("new")) {
            Http http = new Http(cluster);
            http.post(
                    "/api/v1/namespaces",
                    "{'metadata':{'name':'strict','labels':{'pod-security.kubernetes.io/enforce':'restricted'}}}");
            String pods = "/api/v1/namespaces/strict/pods";
            String good = "'securityContext':{'allowPrivilegeEscalation':false,'runAsNonRoot':true,"
                    + "'capabilities':{'drop':['ALL']},'seccompProfile':{'type':'RuntimeDefault'}}";

            Http.Answer refused = http.post(pods, pod("bad", "'securityContext':{'privileged':true}"));

            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.message()).contains("violates PodSecurity \"restricted:latest\"");
            assertThat(http.post(pods, pod("good", good)).code()).isEqualTo(201);
        }
    }

    @Test
    void services_getAddresses() {
        try (EmbeddedCluster cluster = EmbeddedCluster.start("new")) {
            Http http = new Http(cluster);
            JsonNode node = http.post(
                            CORE + "services",
                            "{'metadata':{'name':'a'},'spec':{'type':'NodePort','ports':[{'port':80}]}}")
                    .json();
            JsonNode headless = http.post(CORE + "services", "{'metadata':{'name':'b'},'spec':{'clusterIP':'None'}}")
                    .json();

            assertThat(node.at("/spec/clusterIP").asText()).startsWith("10.96.");
            assertThat(node.at("/spec/ports/0/nodePort").asInt()).isBetween(30_000, 32_767);
            assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
            Http.Answer foreign =
                    http.post(CORE + "services", "{'metadata':{'name':'c'},'spec':{'clusterIP':'172.30.1.1'}}");
            assertThat(foreign.code()).isEqualTo(422);
            assertThat(foreign.message()).contains("provided IP is not in the valid range");
        }
    }

    @Test
    void version_unknown_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedCluster.builder("x").version("1.16"))
                .withMessageContaining("1.20 to 1.36");
    }

    private static String pod(String name, String container) {
        return "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'x'," + container
                + "}]}}";
    }
}
