package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class PodsTest {

    @Test
    void apply_barePod_losesWhatClusterAdded() {
        TransformCase.of(
                        new Pods(),
                        "pods",
                        """
metadata: {name: web}
spec:
  nodeName: node-1
  priority: 0
  preemptionPolicy: PreemptLowerPriority
  serviceAccountName: web
  imagePullSecrets: [{name: web-dockercfg-abcde}]
  tolerations:
  - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
  - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
  - {key: gpu, operator: Exists}
  containers:
  - name: web
    image: web
    volumeMounts:
    - {name: web-token-abcde, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}
    - {name: data, mountPath: /data}
  volumes:
  - {name: web-token-abcde, secret: {secretName: web-token-abcde}}
  - {name: data, emptyDir: {}}
""")
                .becomes(
                        """
metadata: {name: web}
spec:
  serviceAccountName: web
  tolerations:
  - {key: gpu, operator: Exists}
  containers:
  - name: web
    image: web
    volumeMounts:
    - {name: data, mountPath: /data}
  volumes:
  - {name: data, emptyDir: {}}
""");
    }

    @Test
    void apply_projectedToken_isRemoved() {
        TransformCase.of(
                        new Pods(),
                        "pods",
                        """
metadata: {name: web}
spec:
  containers:
  - {name: web, image: web, volumeMounts: [{name: kube-api-access-x, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}]}
  volumes: [{name: kube-api-access-x, projected: {sources: []}}]
""")
                .becomes("""
metadata: {name: web}
spec:
  containers:
  - {name: web, image: web}
""");
    }

    @Test
    void apply_template_losesOnlyGeneratedCredentials() {
        TransformCase.of(
                        new Pods(),
                        "deployments.apps",
                        """
spec:
  template:
    spec:
      nodeName: pinned
      imagePullSecrets: [{name: default-dockercfg-abcde}, {name: mine}]
      containers: [{name: web, image: web}]
""")
                .becomes(
                        """
spec:
  template:
    spec:
      nodeName: pinned
      imagePullSecrets: [{name: mine}]
      containers: [{name: web, image: web}]
""");
    }
}
