package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Leaves out what every cluster makes for itself: tokens, certificates and views of other objects. */
final class ClusterMade implements BuiltInTransform {

    private static final Set<String> CERTIFICATES = Set.of("kube-root-ca.crt", "openshift-service-ca.crt");
    private static final Set<String> API_SERVER = Set.of("services", "endpoints", "endpointslices.discovery.k8s.io");
    private static final String SERVING_CERTIFICATE = "service.alpha.openshift.io/originating-service-name";
    private static final String SERVING_CERTIFICATE_BETA = "service.beta.openshift.io/originating-service-name";

    @Override
    public String name() {
        return "cluster-made objects";
    }

    @Override
    public void apply(Draft draft) {
        reason(draft.resource(), draft.object()).ifPresent(draft::skip);
    }

    /** {@return why a cluster makes this object itself, empty if it does not} */
    static Optional<String> reason(String resource, JsonNode object) {
        if (isOfTheApiServer(resource, object)) {
            return Optional.of("every cluster makes it for its own API server");
        }
        String reason =
                switch (resource) {
                    case "secrets" -> secret(object);
                    case "configmaps" ->
                        CERTIFICATES.contains(name(object))
                                ? "the target writes its own certificates into it"
                                : leaderElection(object);
                    case "endpoints" -> leaderElection(object);
                    case "builds.build.openshift.io" -> "a build is not repeated";
                    case "imagestreamtags.image.openshift.io" -> "it is a view of its image stream";
                    case "rolebindings.rbac.authorization.k8s.io" ->
                        Set.of("system:image-pullers", "system:image-builders", "system:deployers")
                                        .contains(name(object))
                                ? "the target makes it in every project"
                                : "";
                    case "csistoragecapacities.storage.k8s.io" -> "storage drivers tell their own capacity";
                    default -> "";
                };
        return Optional.of(reason).filter(text -> !text.isEmpty());
    }

    private static boolean isOfTheApiServer(String resource, JsonNode object) {
        return API_SERVER.contains(resource)
                && name(object).equals("kubernetes")
                && Json.text(object, "metadata", "namespace").equals("default");
    }

    private static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    private static String secret(JsonNode secret) {
        JsonNode annotations = secret.path("metadata").path("annotations");
        String type = secret.path("type").asText();
        if (type.equals(TokenSecrets.TYPE)) {
            String account = Json.text(annotations, TokenSecrets.ACCOUNT);
            boolean generated = ServiceAccounts.isGenerated(account, name(secret)) || account.isEmpty();
            return generated ? "tokens of service accounts are made by the target" : "";
        }
        boolean ofServiceAccount = annotations.has("kubernetes.io/service-account.name")
                || annotations.has("openshift.io/token-secret.name")
                || annotations.has("openshift.io/internal-registry-auth-token.service-account");
        if (type.startsWith("kubernetes.io/dockercfg") && ofServiceAccount) {
            return "registry credentials of service accounts are made by the target";
        }
        return annotations.has(SERVING_CERTIFICATE) || annotations.has(SERVING_CERTIFICATE_BETA)
                ? "the target's service CA issues the certificate"
                : "";
    }

    private static String leaderElection(JsonNode object) {
        return object.path("metadata").path("annotations").has("control-plane.alpha.kubernetes.io/leader")
                ? "it only says which replica leads on the source"
                : "";
    }
}
