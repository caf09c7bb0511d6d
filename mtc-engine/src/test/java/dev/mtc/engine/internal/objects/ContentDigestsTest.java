package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestsTest {

    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}, annotations: {note: x}}
            spec: {replicas: 2, paused: false}
            """;

    private static final ContentDigests DIGESTS =
            new ContentDigests(TransformCase.settings().contentDigests(), any -> false);

    private static Prepared.Applicable prepared(String resource, String yaml, String uid) {
        return new Prepared.Applicable(
                TransformCase.type(resource, "v1", ""),
                new ObjectKey(resource, "shop", "web"),
                Yaml.object(yaml),
                List.of(),
                List.of(),
                List.of(),
                uid);
    }

    private static String web(String yaml) {
        return DIGESTS.of(prepared("deployments.apps", yaml, "some"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                kind: Deployment
                apiVersion: apps/v1
                spec: {paused: false, replicas: 2}
                metadata: {annotations: {note: x}, labels: {app: web}, name: web}
                """,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, labels: {app: web, migration.openshift.io/migrated-by-migmigration: x, migration.openshift.io/migrated-by-migplan: y}, annotations: {note: x}}
                spec: {replicas: 2, paused: false}
                status: {replicas: 1}
                """
            })
    void of_sameContent_isTheSame(String same) {
        assertThat(web(same)).isEqualTo(web(WEB)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas: 3", "paused: true", "app: db", "note: y", "name: www", "apps/v1beta1"})
    void of_otherContent_isAnother(String changed) {
        String field = changed.contains(": ") ? changed.replaceAll(": .*", ": \\\\w+") : "apps/v1";

        assertThat(web(WEB.replaceFirst(field, changed))).isNotEqualTo(web(WEB));
    }

    @Test
    void of_replicasThatAnAutoscalerSets_areNoContent() {
        ContentDigests scaled = new ContentDigests(TransformCase.settings(), any -> true);

        assertThat(scaled.of(prepared("deployments.apps", WEB, "")))
                .isEqualTo(scaled.of(prepared("deployments.apps", WEB.replace("replicas: 2", "replicas: 5"), "")));
    }

    @Test
    void of_secret_cannotBeToldWithoutItsUid() {
        String secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {pin: MDAwMA==}";

        String digest = DIGESTS.of(prepared("secrets", secret, "f00d"));

        assertThat(DIGESTS.of(prepared("secrets", secret, "f00d"))).isEqualTo(digest);
        assertThat(DIGESTS.of(prepared("secrets", secret, "cafe"))).isNotEqualTo(digest);
        assertThat(DIGESTS.of(prepared("configmaps", secret, ""))).isNotEqualTo(digest);
        assertThat(DIGESTS.of(prepared("secrets", secret, ""))).isEmpty();
    }

    @Test
    void wanted_withoutAPreviewToCompareWith_isNothing() {
        Prepared.Applicable any = prepared("deployments.apps", WEB, "some");

        assertThat(new ContentDigests(TransformCase.settings(), scaled -> false).wanted(any))
                .isEmpty();
        assertThat(DIGESTS.wanted(any)).isEqualTo(web(WEB));
    }
}
