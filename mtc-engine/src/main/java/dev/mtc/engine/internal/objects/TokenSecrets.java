package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Empties token Secrets that someone made for a ServiceAccount; the target fills them with a token of its own. */
final class TokenSecrets implements BuiltInTransform {

    static final String TYPE = "kubernetes.io/service-account-token";
    static final String ACCOUNT = "kubernetes.io/service-account.name";

    private static final List<String> FILLED = List.of("token", "ca.crt", "namespace", "service-ca.crt");

    @Override
    public String name() {
        return "token secrets";
    }

    @Override
    public void apply(Draft draft) {
        ObjectNode secret = draft.object();
        if (draft.is("secrets") && Json.text(secret, "type").equals(TYPE)) {
            Json.object(secret, "data").ifPresent(data -> data.remove(FILLED));
            Json.removeIfEmpty(secret, "data");
            draft.removeAnnotation("kubernetes.io/service-account.uid");
            draft.removeLabel("kubernetes.io/legacy-token-last-used");
        }
    }
}
