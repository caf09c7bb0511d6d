package dev.mtc.engine.internal.hook;

import dev.mtc.api.Hook;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Side;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a hook's Job runs.
 *
 * @param side on which cluster
 * @param namespace in which namespace
 * @param account as which service account
 */
public record HookSite(Side side, String namespace, String account) {

    /** The account that every namespace has. */
    public static final String DEFAULT_ACCOUNT = "default";

    /** {@return where a hook of a plan runs} */
    public static HookSite of(Plan plan, Hook.Job hook) {
        String first = name(plan.namespaces().get(0), hook.side());
        return new HookSite(
                hook.side(),
                hook.namespace().orElse(first),
                hook.serviceAccount().orElse(DEFAULT_ACCOUNT));
    }

    /** {@return where the hooks of a plan run, those in this process left out} */
    public static Stream<HookSite> all(Plan plan) {
        return plan.hooks().stream()
                .map(PlannedHook::hook)
                .filter(Hook.Job.class::isInstance)
                .map(hook -> of(plan, (Hook.Job) hook));
    }

    /** {@return what a namespace of a plan is called on a side} */
    static String name(NamespaceMapping mapping, Side side) {
        return side == Side.SOURCE ? mapping.source() : mapping.target();
    }

    /** {@return the namespace of the source that the plan brings to this one of the target, if it does} */
    public Optional<String> origin(Plan plan) {
        return plan.namespaces().stream()
                .filter(mapping -> side == Side.TARGET && mapping.target().equals(namespace))
                .map(NamespaceMapping::source)
                .findFirst();
    }

    /** {@return the path of the namespace} */
    public String namespacePath() {
        return "/api/v1/namespaces/" + namespace;
    }

    /** {@return the path of the account} */
    public String accountPath() {
        return accountPath(namespace);
    }

    /** {@return the path of the account of the same name in another namespace} */
    public String accountPath(String other) {
        return "/api/v1/namespaces/" + other + "/serviceaccounts/" + account;
    }

    /** {@return the path of all Jobs of the namespace} Version v1 is served by everything from 1.20 on. */
    String jobs() {
        return "/apis/batch/v1/namespaces/" + namespace + "/jobs";
    }

    String pods() {
        return namespacePath() + "/pods";
    }

    String configMaps() {
        return namespacePath() + "/configmaps";
    }

    String events() {
        return namespacePath() + "/events";
    }
}
