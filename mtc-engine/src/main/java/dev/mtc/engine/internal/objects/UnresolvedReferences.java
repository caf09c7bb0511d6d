package dev.mtc.engine.internal.objects;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports texts that still name something of a namespace that gets another name: services by their host names, and the namespace
 * itself in fields of custom resources that are called so. They are not changed: only their reader knows them.
 */
final class UnresolvedReferences implements BuiltInTransform {

    private static final String HOST_FIX = ", or let the plan rewriteServiceHosts()";

    private final RestoreSettings settings;
    private final ServiceHostNames hosts;

    UnresolvedReferences(RestoreSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.hosts = new ServiceHostNames(settings, surroundings);
    }

    @Override
    public String name() {
        return "unresolved references";
    }

    @Override
    public void apply(Draft draft) {
        if (hosts.isAnyRenamed()) {
            Set<String> reported = new HashSet<>();
            Texts.visit(draft, (path, text) -> {
                look(draft, path, text, reported);
                return text;
            });
        }
    }

    private void look(Draft draft, String path, String text, Set<String> reported) {
        boolean followed = draft.is("services") && path.equals(ServiceHosts.EXTERNAL_NAME);
        List<ServiceHostNames.Found> left = followed
                ? List.of()
                : hosts.in(text).stream()
                        .filter(found -> !(found.certain() && settings.plan().rewritesServiceHosts()))
                        .toList();
        left.forEach(found -> {
            if (reported.add(path + " " + found.host())) {
                report(draft, path, found.host(), found.becomes(), HOST_FIX);
            }
        });
        if (draft.isSuspect(path, text)) {
            report(draft, path, "namespace " + text, settings.target(text), "");
        }
    }

    private static void report(Draft draft, String path, String what, String becomes, String otherFix) {
        draft.warn(
                "UnresolvedReference",
                path + " names " + what + ", which would be " + becomes + " on the target",
                "change " + path + " with a transform if it means the migrated one" + otherFix);
    }
}
