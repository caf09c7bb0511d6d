package dev.mtc.engine.internal.objects;

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
}
