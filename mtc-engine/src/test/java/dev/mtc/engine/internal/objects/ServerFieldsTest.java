package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerFieldsTest {

    @Test
    void apply_serverSetFields_areRemoved() {
        TransformCase.of(
                        new ServerFields(),
                        "deployments.apps",
                        """
metadata:
  name: web
  namespace: shop
  uid: u
  resourceVersion: "5"
  generation: 2
  creationTimestamp: "2026-01-01T00:00:00Z"
  selfLink: /x
  managedFields: [{manager: kubectl}]
  deletionTimestamp: "2026-01-01T00:00:00Z"
  deletionGracePeriodSeconds: 30
  finalizers: [foregroundDeletion]
  labels: {app: web}
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
    deployment.kubernetes.io/revision: "3"
    note: mine
spec:
  template: {metadata: {creationTimestamp: null, labels: {app: web}}}
status: {replicas: 1}
""")
                .becomes(
                        """
metadata:
  name: web
  namespace: shop
  labels: {app: web}
  annotations: {note: mine}
spec:
  template: {metadata: {labels: {app: web}}}
""");
    }

    @Test
    void apply_onlyServerAnnotations_dropsMap() {
        TransformCase.of(
                        new ServerFields(),
                        "deployments.apps",
                        """
metadata:
  name: web
  annotations: {deployment.kubernetes.io/revision: "3"}
""")
                .becomes("""
metadata: {name: web}
""");
    }

    @Test
    void apply_finalizersOfACustomController_areNamed() {
        TransformCase after = TransformCase.of(
                        new ServerFields(),
                        "widgets.acme.org",
                        "metadata: {name: web, finalizers: [foregroundDeletion, acme.org/release]}")
                .advises("FinalizersDropped");

        after.becomes("metadata: {name: web}");
        assertThat(after.draft().problems().get(0).message())
                .contains("acme.org/release")
                .doesNotContain("foregroundDeletion");
    }

    @Test
    void apply_finalizersOfKubernetes_areNotWorthAWord() {
        TransformCase.of(
                        new ServerFields(),
                        "persistentvolumeclaims",
                        "metadata: {name: web, finalizers: [kubernetes.io/pvc-protection]}")
                .warnsNothing();
    }
}
