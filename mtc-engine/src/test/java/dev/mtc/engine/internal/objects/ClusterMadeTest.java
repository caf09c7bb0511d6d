package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterMadeTest {

    @Test
    void apply_tokenSecret_isSkipped() {
        TransformCase.of(new ClusterMade(), "secrets", """
type: kubernetes.io/service-account-token
""")
                .isSkipped("made by the target");
    }

    @Test
    void apply_dockercfgOfServiceAccount_isSkipped() {
        TransformCase.of(
                        new ClusterMade(),
                        "secrets",
                        """
type: kubernetes.io/dockercfg
metadata: {annotations: {kubernetes.io/service-account.name: builder}}
""")
                .isSkipped("made by the target");
    }

    @Test
    void apply_dockercfgOfUser_isKept() {
        TransformCase.of(new ClusterMade(), "secrets", """
type: kubernetes.io/dockercfg
""")
                .isKept();
    }

    @Test
    void apply_opaqueSecret_isKept() {
        TransformCase.of(new ClusterMade(), "secrets", """
type: Opaque
""").isKept();
    }

    @Test
    void apply_servingCertificate_isSkipped() {
        TransformCase.of(
                        new ClusterMade(),
                        "secrets",
                        """
metadata: {annotations: {service.alpha.openshift.io/originating-service-name: web}}
""")
                .isSkipped("service CA");
    }

    @Test
    void apply_rootCertificate_isSkipped() {
        TransformCase.of(new ClusterMade(), "configmaps", """
metadata: {name: kube-root-ca.crt}
""")
                .isSkipped("own certificates");
    }

    @Test
    void apply_serviceCertificate_isSkipped() {
        TransformCase.of(new ClusterMade(), "configmaps", """
metadata: {name: openshift-service-ca.crt}
""")
                .isSkipped("own certificates");
    }

    @Test
    void apply_leaderElection_isSkipped() {
        TransformCase.of(
                        new ClusterMade(),
                        "configmaps",
                        """
metadata: {name: x, annotations: {control-plane.alpha.kubernetes.io/leader: "{}"}}
""")
                .isSkipped("leads");
    }

    @Test
    void apply_configMapOfUser_isKept() {
        TransformCase.of(new ClusterMade(), "configmaps", """
metadata: {name: kube-root}
""")
                .isKept();
    }

    @Test
    void apply_build_isSkipped() {
        TransformCase.of(new ClusterMade(), "builds.build.openshift.io", """
metadata: {name: web-1}
""")
                .isSkipped("not repeated");
    }

    @Test
    void apply_projectRoleBinding_isSkipped() {
        TransformCase.of(
                        new ClusterMade(),
                        "rolebindings.rbac.authorization.k8s.io",
                        """
metadata: {name: "system:deployers"}
""")
                .isSkipped("every project");
    }

    @ParameterizedTest
    @CsvSource({
        "services, default, kubernetes, true",
        "endpoints, default, kubernetes, true",
        "endpointslices.discovery.k8s.io, default, kubernetes, true",
        "services, shop, kubernetes, false",
        "services, default, web, false",
        "configmaps, default, kubernetes, false",
    })
    void apply_serviceOfTheApiServer_isSkipped(String resource, String namespace, String name, boolean skipped) {
        TransformCase made = TransformCase.of(
                new ClusterMade(), resource, "metadata: {name: %s, namespace: %s}".formatted(name, namespace));

        if (skipped) {
            made.isSkipped("its own API server");
        } else {
            made.isKept();
        }
    }
}
