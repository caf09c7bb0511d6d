package dev.mtc.engine.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Labels of what mtc makes on clusters; MTC's names (correlation labels). */
public final class Labels {

    /** Says that something is part of a migration. */
    public static final String PART_OF = "app.kubernetes.io/part-of";

    /** The value of {@link #PART_OF}. */
    public static final String PART_OF_VALUE = "openshift-migration";

    /** Says what something is for: {@link #MOVER}, {@link #HOOK}, {@link #ACCESS} or {@link #REPLACEMENT}. */
    public static final String COMPONENT = "app.kubernetes.io/component";

    /** The component of pods, services and secrets that only help to move data. */
    public static final String MOVER = "mover";

    /** The component of Jobs that are hooks, of their pods and config maps. */
    public static final String HOOK = "hook";

    /** The component of roles, and their bindings, with which an account may carry out a plan. */
    public static final String ACCESS = "access";

    /** The component of secrets that keep workloads while they are made anew. */
    public static final String REPLACEMENT = "replacement";

    private static final int LONGEST = 63;
    private static final Set<String> TOOLS = Set.of(MOVER, HOOK, ACCESS, REPLACEMENT);

    /** The plan's uid, on everything that belongs to it on the target. */
    public static final String PLAN = "migration.openshift.io/migrated-by-migplan";

    /** The migration's uid. */
    public static final String MIGRATION = "migration.openshift.io/migrated-by-migmigration";

    private Labels() {}

    /** {@return the labels of migrated objects} */
    public static Map<String, String> migrated(String planUid, String migrationUid) {
        return Map.of(PLAN, planUid, MIGRATION, migrationUid);
    }

    /** {@return MTC's labels that tell people the names of a plan and of a migration; what is too long for a label is left out} */
    public static Map<String, String> named(String plan, String migration) {
        Map<String, String> labels = new HashMap<>();
        labels.put("migration.openshift.io/migplan-name", plan);
        labels.put("migration.openshift.io/migmigration-name", migration);
        labels.values().removeIf(name -> name.length() > LONGEST);
        return labels;
    }

    /** {@return the labels of helpers} */
    public static Map<String, String> helper(String planUid, String migrationUid) {
        return Map.of(PART_OF, PART_OF_VALUE, COMPONENT, MOVER, PLAN, planUid, MIGRATION, migrationUid);
    }

    /** {@return the labels of what runs a hook} */
    public static Map<String, String> hook(String planUid, String migrationUid) {
        return Map.of(PART_OF, PART_OF_VALUE, COMPONENT, HOOK, PLAN, planUid, MIGRATION, migrationUid);
    }

    /** {@return the labels of what keeps a workload while it is made anew} */
    public static Map<String, String> replacement(String planUid) {
        return Map.of(PART_OF, PART_OF_VALUE, COMPONENT, REPLACEMENT, PLAN, planUid);
    }

    /** {@return the labels of roles that a plan needs} */
    public static Map<String, String> access() {
        return Map.of(PART_OF, PART_OF_VALUE, COMPONENT, ACCESS);
    }

    /** {@return whether an object only serves a migration, as a helper, as a hook or as a right to migrate} */
    public static boolean isTool(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return labels.path(PART_OF).asText().equals(PART_OF_VALUE)
                && TOOLS.contains(labels.path(COMPONENT).asText());
    }
}
