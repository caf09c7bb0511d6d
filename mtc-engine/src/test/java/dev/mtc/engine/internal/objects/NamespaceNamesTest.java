package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class NamespaceNamesTest {

    @Test
    void apply_roleBinding_followsSubjects() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "rolebindings.rbac.authorization.k8s.io",
                        """
metadata: {name: b, namespace: shop}
subjects:
- {kind: ServiceAccount, name: web, namespace: shop}
- {kind: ServiceAccount, name: web, namespace: other}
- {kind: User, name: "system:serviceaccount:shop:web"}
- {kind: Group, name: "system:serviceaccounts:shop"}
- {kind: Group, name: "system:serviceaccounts"}
- {kind: User, name: shop}
""")
                .becomes(
                        """
metadata: {name: b, namespace: shop-eu}
subjects:
- {kind: ServiceAccount, name: web, namespace: shop-eu}
- {kind: ServiceAccount, name: web, namespace: other}
- {kind: User, name: "system:serviceaccount:shop-eu:web"}
- {kind: Group, name: "system:serviceaccounts:shop-eu"}
- {kind: Group, name: "system:serviceaccounts"}
- {kind: User, name: shop}
""");
    }

    @Test
    void apply_openShiftBinding_followsUserNames() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "rolebindings.authorization.openshift.io",
                        """
metadata: {name: b}
userNames: ["system:serviceaccount:shop:web", alice]
groupNames: ["system:serviceaccounts:shop"]
""")
                .becomes(
                        """
metadata: {name: b, namespace: shop-eu}
userNames: ["system:serviceaccount:shop-eu:web", alice]
groupNames: ["system:serviceaccounts:shop-eu"]
""");
    }

    @Test
    void apply_networkPolicy_followsNamespaceSelectors() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "networkpolicies.networking.k8s.io",
                        """
metadata: {name: p}
spec:
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop, name: shop, team: shop}}
    - namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [shop, billing]}, {key: team, operator: In, values: [shop]}]}
""")
                .becomes(
                        """
metadata: {name: p, namespace: shop-eu}
spec:
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop-eu, name: shop-eu, team: shop}}
    - namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [shop-eu, billing]}, {key: team, operator: In, values: [shop]}]}
""");
    }

    @Test
    void apply_affinity_followsNamespaces() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "deployments.apps",
                        """
metadata: {name: d}
spec: {template: {spec: {affinity: {podAntiAffinity: {terms: [{topologyKey: zone, namespaces: [shop, other], labelSelector: {matchLabels: {name: shop, namespace: shop}}}]}}}}}
""")
                .becomes(
                        """
metadata: {name: d, namespace: shop-eu}
spec: {template: {spec: {affinity: {podAntiAffinity: {terms: [{topologyKey: zone, namespaces: [shop-eu, other], labelSelector: {matchLabels: {name: shop, namespace: shop}}}]}}}}}
""");
    }

    @Test
    void apply_objectReference_isFollowed() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "httproutes.gateway.networking.k8s.io",
                        """
metadata: {name: r, labels: {namespace: shop, name: x}}
spec: {parentRefs: [{name: gateway, namespace: shop}]}
""")
                .becomes(
                        """
metadata: {name: r, namespace: shop-eu, labels: {namespace: shop, name: x}}
spec: {parentRefs: [{name: gateway, namespace: shop-eu}]}
""");
    }

    @Test
    void apply_configMapData_isUntouched() {
        TransformCase.of(
                        new NamespaceNames(TransformCase.settings()),
                        "configmaps",
                        """
metadata: {name: c}
data: {name: x, namespace: shop}
""")
                .becomes("""
metadata: {name: c, namespace: shop-eu}
data: {name: x, namespace: shop}
""");
    }
}
