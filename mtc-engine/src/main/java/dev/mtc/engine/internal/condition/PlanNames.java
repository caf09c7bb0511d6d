package dev.mtc.engine.internal.condition;

import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a MigPlan names namespaces and claims on both sides: {@code source:target}, or one name for both. */
public final class PlanNames {

    private final Map<String, String> namespaces = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    private record Claim(String namespace, String source, String target) {}

    private PlanNames() {}

    /** {@return the names in a plan; volumes that are skipped count as not named} */
    public static PlanNames of(MigPlanSpec spec) {
        PlanNames names = new PlanNames();
        spec.getNamespaces().forEach(entry -> names.namespaces.put(source(entry), target(entry)));
        spec.getPersistentVolumes().stream().filter(PlanNames::isMigrated).forEach(volume -> {
            String name = text(volume.getPvc().getName());
            names.claims.add(new Claim(text(volume.getPvc().getNamespace()), source(name), target(name)));
        });
        return names;
    }

    /** {@return the name on the source} */
    public static String source(String entry) {
        return entry.split(":", 2)[0];
    }

    /** {@return the name on the target} */
    public static String target(String entry) {
        String[] parts = entry.split(":", 2);
        return parts.length == 1 || parts[1].isEmpty() ? parts[0] : parts[1];
    }

    /** {@return whether every namespace gets another name} */
    public boolean areAllNamespacesRenamed() {
        return renamedNamespaces() == namespaces.size() && !namespaces.isEmpty();
    }

    /** {@return whether a namespace gets another name} */
    public boolean isSomeNamespaceRenamed() {
        return renamedNamespaces() > 0;
    }

    private long renamedNamespaces() {
        return namespaces.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .count();
    }

    /** {@return the claims that get another name, {@code namespace/source:target}} */
    public List<String> renamedClaims() {
        return claims.stream()
                .filter(claim -> !claim.source().equals(claim.target()))
                .map(claim -> claim.namespace() + "/" + claim.source() + ":" + claim.target())
                .toList();
    }

    /** {@return the claims on the target, {@code namespace/name}, that more than one claim of the source would become} */
    public List<String> contestedClaims() {
        Map<String, TreeSet<String>> sources = new LinkedHashMap<>();
        claims.forEach(claim -> sources.computeIfAbsent(
                        namespaces.getOrDefault(claim.namespace(), claim.namespace()) + "/" + claim.target(),
                        target -> new TreeSet<>())
                .add(claim.namespace() + "/" + claim.source()));
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isMigrated(PersistentVolume volume) {
        return !"skip".equals(volume.getSelection().getAction());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
