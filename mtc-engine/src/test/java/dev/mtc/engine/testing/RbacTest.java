package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RbacTest {

    private EmbeddedCluster cluster;
    private KubernetesClient reader;

    @BeforeEach
    void open() {
        cluster = EmbeddedCluster.builder("guarded").rbac().start();
        reader = cluster.client("default", "reader");
        cluster.client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("reads")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withVerbs("get", "patch")
                        .endRule()
                        .build())
                .create();
        cluster.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("reads")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reads")
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace("default")
                        .withName("reader")
                        .endSubject()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void request_withinTheRole_isAnswered() {
        assertThat(reader.configMaps().inNamespace("default").withName("none").get())
                .isNull();
        assertThat(reader.getKubernetesVersion().getMajor()).isEqualTo("1");
    }

    @Test
    void request_beyondTheRole_isForbidden() {
        assertForbidden(() -> reader.configMaps().inNamespace("default").list(), "cannot list resource \"configmaps\"");
        assertForbidden(
                () -> reader.configMaps()
                        .inNamespace("kube-system")
                        .withName("x")
                        .get(),
                "cannot get");
        assertForbidden(() -> reader.nodes().list(), "at the cluster scope");
    }

    @Test
    void apply_ofAnObjectThatIsNotThere_needsCreateToo() {
        assertForbidden(
                () -> reader.resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("new")
                                .endMetadata()
                                .build())
                        .serverSideApply(),
                "cannot create resource \"configmaps\"");
    }

    @Test
    void role_thatGrantsMoreThanItsWriterHas_isForbidden() {
        cluster.client().rbac().roles().inNamespace("default").withName("reads").edit(role -> new RoleBuilder(role)
                .addNewRule()
                .withApiGroups("rbac.authorization.k8s.io")
                .withResources("roles")
                .withVerbs("create")
                .endRule()
                .build());
        RoleBuilder role = new RoleBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("more")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("get")
                .endRule();

        assertThat(reader.resource(role.build()).create()).isNotNull();
        assertForbidden(
                () -> reader.resource(role.editMetadata()
                                .withName("most")
                                .endMetadata()
                                .editFirstRule()
                                .addToVerbs("delete")
                                .endRule()
                                .build())
                        .create(),
                "grants more");
    }

    @Test
    void reviews_tellWhatTheUserMayDo() {
        assertThat(isAllowed("get", "configmaps")).isTrue();
        assertThat(isAllowed("delete", "configmaps")).isFalse();
        assertThat(reader.resource(new SelfSubjectRulesReviewBuilder()
                                .withNewSpec()
                                .withNamespace("default")
                                .endSpec()
                                .build())
                        .create()
                        .getStatus()
                        .getResourceRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get", "patch"));
    }

    private boolean isAllowed(String verb, String resource) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace("default")
                .withVerb(verb)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build();
        return reader.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    @Test
    void request_withoutAToken_isUnauthorized() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(cluster.url() + "/api/v1/nodes").toURL().openConnection();

        assertThat(connection.getResponseCode()).isEqualTo(401);
        connection.disconnect();
    }

    private static void assertForbidden(ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(403))
                .hasMessageContaining(words);
    }
}
