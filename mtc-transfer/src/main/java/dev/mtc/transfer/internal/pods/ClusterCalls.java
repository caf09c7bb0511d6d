package dev.mtc.transfer.internal.pods;

import dev.mtc.api.Remedy;
import dev.mtc.api.TransferException;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/** What movers ask of API servers. */
public final class ClusterCalls {

    private static final String ROOT = "mover pods run as root, to keep owners and modes; ";

    private ClusterCalls() {}

    /** {@return what a rule for a resource of the core must allow} */
    public static PolicyRule rule(String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    /**
     * {@return what an action returns}
     *
     * @param what the action in words
     * @throws TransferException if an API server refuses it, or may do so now only
     */
    public static <T> T guarded(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (KubernetesClientException e) {
            boolean refused = e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429 && e.getCode() != 409;
            throw new TransferException(
                    refused ? Remedy.FIX_INPUT : Remedy.RETRY,
                    "Could not " + what + " because the API server answered: " + e.getMessage() + "; "
                            + (refused ? fix(String.valueOf(e.getMessage())) : "try again"),
                    e);
        }
    }

    /** All capabilities of mover pods are among those that the level baseline of Pod Security lets pods add. */
    private static String fix(String answer) {
        if (answer.contains("violates PodSecurity")) {
            return ROOT + "label the namespace pod-security.kubernetes.io/enforce=baseline until the migration is over";
        } else if (answer.contains("security context constraint")) {
            return ROOT + "let service account default of the namespace use the constraint privileged until the"
                    + " migration is over (oc adm policy add-scc-to-user privileged -z default)";
        }
        return "grant the permission or lift the quota that it names";
    }
}
