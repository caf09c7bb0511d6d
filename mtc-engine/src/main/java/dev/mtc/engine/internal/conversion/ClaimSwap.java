package dev.mtc.engine.internal.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which claims of a namespace take the place of which.
 *
 * @param successors the claims, by the names of those whose place they take
 * @param templates what becomes of the templates of StatefulSets
 */
record ClaimSwap(Map<String, ObjectNode> successors, TemplateSwap templates) {

    ClaimSwap {
        successors = Map.copyOf(successors);
    }

    /**
     * What a workload becomes.
     *
     * @param workload the workload afterwards
     * @param words the claims that change, for people
     */
    record Edit(ObjectNode workload, List<String> words) {
        Edit {
            words = List.copyOf(words);
        }
    }

    /** {@return what becomes of a workload, empty if it mounts none of the claims} */
    Optional<Edit> edit(ObjectNode workload) {
        ObjectNode edited = workload.deepCopy();
        List<String> words = new ArrayList<>(volumes(edited));
        templateNames(workload).forEach((template, claim) -> {
            words.add("template " + template + " -> " + claim.name());
            templates.apply(edited, template, claim);
        });
        return words.isEmpty() ? Optional.empty() : Optional.of(new Edit(edited, words));
    }

    private List<String> volumes(ObjectNode edited) {
        List<String> words = new ArrayList<>();
        for (JsonNode volume : PodTemplates.podSpec(edited).path("volumes")) {
            if (volume.get("persistentVolumeClaim") instanceof ObjectNode mount) {
                String claim = mount.path("claimName").asText();
                ObjectNode successor = successors.get(claim);
                if (successor != null) {
                    String name = name(successor);
                    mount.put("claimName", name);
                    words.add(claim + " -> " + name);
                }
            }
        }
        return words;
    }

    /** The templates of a set of which claims are swapped, and what they become. */
    private Map<String, TemplateSwap.Successor> templateNames(ObjectNode set) {
        Map<String, TemplateSwap.Successor> names = new TreeMap<>();
        if (!(set.path("spec").path("volumeClaimTemplates") instanceof ArrayNode)) {
            return names;
        }
        new TreeMap<>(successors).forEach((claim, successor) -> PodTemplates.claimTemplate(set, claim)
                .ifPresent(template -> {
                    String end = claim.substring(template.length());
                    String name = name(successor);
                    if (name.endsWith(end)) {
                        names.putIfAbsent(
                                template,
                                new TemplateSwap.Successor(
                                        name.substring(0, name.length() - end.length()), successor.path("spec")));
                    }
                }));
        return names;
    }

    private static String name(ObjectNode claim) {
        return claim.path("metadata").path("name").asText();
    }
}
