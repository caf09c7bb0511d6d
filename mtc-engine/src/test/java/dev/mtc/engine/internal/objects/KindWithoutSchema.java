package dev.mtc.engine.internal.objects;

/** Definitions of namespaced kinds that take any object. Servers want to be told that groups of Kubernetes itself are meant. */
public final class KindWithoutSchema {

    private KindWithoutSchema() {}

    /**
     * {@return a CustomResourceDefinition as YAML}
     *
     * @param plural name of the resource
     * @param group API group
     * @param kind name of the kind
     * @param version the only version
     */
    public static String yaml(String plural, String group, String kind, String version) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %1$s.%2$s, annotations: {api-approved.kubernetes.io: "unapproved, a stand-in for tests"}}
                spec:
                  group: %2$s
                  scope: Namespaced
                  names: {plural: %1$s, kind: %3$s}
                  versions:
                  - name: %4$s
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """
                .formatted(plural, group, kind, version);
    }
}
