package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.VolumeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The classes of priority and storage that a plan's objects name. */
final class NamedClasses {

    private static final List<String> DEFAULT_MARKS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private NamedClasses() {}

    static List<Companion> priorities(SourceLook look) {
        Set<String> names = new TreeSet<>();
        CompanionKinds.withPodTemplates().forEach(resource -> look.ofPlan(resource)
                .forEach(object -> object.findValues("priorityClassName").forEach(name -> names.add(name.asText()))));
        List<Companion> found = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty() && !name.startsWith("system-")) {
                look.find(CompanionKinds.PRIORITY_CLASSES, name).ifPresent(priority -> {
                    // A cluster has one default at most, and it is not the migration's to choose.
                    priority.remove("globalDefault");
                    found.add(new Companion(CompanionKinds.PRIORITY_CLASSES, name, priority));
                });
            }
        }
        return found;
    }

    static List<Companion> storage(SourceLook look) {
        Set<String> names = new TreeSet<>();
        for (ObjectNode claim : look.ofPlan("persistentvolumeclaims")) {
            JsonNode metadata = claim.path("metadata");
            VolumeChoice choice = look.plan()
                    .volumeChoice(
                            metadata.path("namespace").asText(),
                            metadata.path("name").asText());
            if (choice instanceof VolumeChoice.Copy copy) {
                names.add(copy.storageClass()
                        .orElse(claim.path("spec").path("storageClassName").asText("")));
            }
        }
        names.remove("");
        List<Companion> found = new ArrayList<>();
        names.forEach(name -> look.find(CompanionKinds.STORAGE_CLASSES, name).ifPresent(storage -> {
            if (storage.path("metadata").get("annotations") instanceof ObjectNode annotations) {
                annotations.remove(DEFAULT_MARKS);
            }
            found.add(new Companion(CompanionKinds.STORAGE_CLASSES, name, storage));
        }));
        return found;
    }
}
