package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Takes tokens and generated registry credentials from ServiceAccounts and adds the migration's pull Secret. The accounts that every
 * cluster makes are carried over only if the user added something.
 */
final class ServiceAccounts implements BuiltInTransform {

    private final RestoreSettings settings;

    ServiceAccounts(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "service accounts";
    }

    @Override
    public void apply(Draft draft) {
        if (!draft.is("serviceaccounts")) {
            return;
        }
        String name = draft.source().name();
        ObjectNode account = draft.object();
        Json.removeFrom(account, "secrets", secret -> isGenerated(name, Json.text(secret, "name")));
        Json.removeFrom(account, "imagePullSecrets", secret -> isGenerated(name, Json.text(secret, "name")));
        draft.removeAnnotation("openshift.io/internal-registry-pull-secret-ref");
        settings.pullSecret().ifPresent(secret -> addPullSecret(account, secret));
        if (Marks.isEverywhere("serviceaccounts", name) && isBare(account)) {
            draft.skip("the target makes it in every namespace");
        }
    }

    static boolean isGenerated(String account, String secret) {
        return secret.startsWith(account + "-token-") || secret.startsWith(account + "-dockercfg-");
    }

    private static void addPullSecret(ObjectNode account, String secret) {
        boolean there = Json.objects(account.path("imagePullSecrets")).stream()
                .anyMatch(entry -> Json.text(entry, "name").equals(secret));
        if (!there) {
            account.withArrayProperty("imagePullSecrets").addObject().put("name", secret);
        }
    }

    private static boolean isBare(ObjectNode account) {
        return account.path("metadata").path("labels").isEmpty()
                && account.path("metadata").path("annotations").isEmpty()
                && account.properties().stream()
                        .map(Map.Entry::getKey)
                        .allMatch(java.util.Set.of("apiVersion", "kind", "metadata")::contains);
    }
}
