package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("faults");
    private final Http http = new Http(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void failNext_matchingRequests_failThatOften() {
        cluster.faults().failNext("POST", "configmaps", 2, 503);

        assertThat(http.post(MAPS, named("a")).code()).isEqualTo(503);
        assertThat(http.post(SECRETS, named("a")).code()).isEqualTo(201);
        assertThat(http.post(MAPS, named("a")).code()).isEqualTo(503);
        assertThat(http.post(MAPS, named("a")).code()).isEqualTo(201);
    }

    @Test
    void failNext_kubernetesVerb_tellsListFromGet() {
        cluster.faults().failNext("list", "configmaps", 1, 500);

        assertThat(http.get(MAPS + "/kube-root-ca.crt").code()).isEqualTo(200);
        assertThat(http.get(MAPS).code()).isEqualTo(500);
    }

    @Test
    void throttleNext_saysWhenToComeBack() {
        cluster.faults().throttleNext(1, Duration.ofSeconds(3));

        Http.Answer answer = http.get(MAPS);

        assertThat(answer.code()).isEqualTo(429);
        assertThat(answer.raw().headers().firstValue("Retry-After")).contains("3");
        assertThat(answer.json().path("reason").asText()).isEqualTo("TooManyRequests");
        assertThat(http.get(MAPS).code()).isEqualTo(200);
    }

    @Test
    void dropConnectionAfter_cutsOneWithoutEffect() {
        cluster.faults().dropConnectionAfter(1);

        assertThat(http.get(MAPS).code()).isEqualTo(200);
        assertThatThrownBy(() -> http.post(MAPS, named("a"))).isInstanceOf(UncheckedIOException.class);
        assertThat(http.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void loseAnswer_doesTheWork() {
        cluster.faults().loseAnswer("POST", "configmaps", 1);

        assertThatThrownBy(() -> http.post(MAPS, named("a"))).isInstanceOf(UncheckedIOException.class);
        assertThat(http.get(MAPS + "/a").code()).isEqualTo(200);
    }

    @Test
    void delay_holdsRequestsUp() {
        cluster.faults().delay("GET", "configmaps", Duration.ofMillis(300));
        long begin = System.nanoTime();

        http.get(MAPS);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void clear_takesAllBack() {
        cluster.faults().failNext("*", "*", 9, 500);
        cluster.faults().clear();

        assertThat(http.get(MAPS).code()).isEqualTo(200);
    }

    @Test
    void deny_refusesAndReviewsAgree() {
        cluster.access().deny("list", "secrets", "default");

        Http.Answer refused = http.get(SECRETS);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message()).startsWith("secrets is forbidden: User ");
        assertThat(review("list")).isFalse();
        assertThat(review("get")).isTrue();
    }

    @Test
    void requests_areRecorded() {
        cluster.forgetRequests();
        http.get(MAPS + "?limit=1");
        http.apply(MAPS + "/x", "m", "{'apiVersion':'v1','kind':'ConfigMap'}");

        assertThat(cluster.requests())
                .containsExactly(
                        new RecordedRequest("GET", "configmaps", MAPS, "limit=1", "raw/1"),
                        new RecordedRequest("PATCH", "configmaps", MAPS + "/x", "fieldManager=m", "raw/1"));
    }

    private boolean review(String verb) {
        return http.post(
                        REVIEWS,
                        "{'spec':{'resourceAttributes':{'verb':'" + verb
                                + "','resource':'secrets','namespace':'default'}}}")
                .json()
                .at("/status/allowed")
                .asBoolean();
    }

    private static String named(String name) {
        return "{'metadata':{'name':'" + name + "'}}";
    }
}
