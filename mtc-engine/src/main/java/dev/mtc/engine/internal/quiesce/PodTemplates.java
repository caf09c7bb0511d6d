package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What the pods of workloads mount, told by their templates: what runs need not be there to be looked at. */
public final class PodTemplates {

    private PodTemplates() {}

    /** {@return the spec of the pods that a workload makes, missing if it has none} */
    public static JsonNode podSpec(ObjectNode workload) {
        JsonNode spec = workload.path("spec");
        JsonNode maker = spec.has("jobTemplate") ? spec.path("jobTemplate").path("spec") : spec;
        return maker.path("template").path("spec");
    }

    /**
     * {@return the name of the template from which a StatefulSet makes a claim, empty if the claim is not one of its own} Kubernetes
     * names such claims template-set-ordinal.
     */
    public static Optional<String> claimTemplate(ObjectNode set, String claim) {
        String end = "-" + set.path("metadata").path("name").asText() + "-";
        return StreamSupport.stream(
                        set.path("spec").path("volumeClaimTemplates").spliterator(), false)
                .map(template -> template.path("metadata").path("name").asText())
                .filter(name -> claim.startsWith(name + end)
                        && claim.substring(name.length() + end.length()).matches("[0-9]+"))
                .findFirst();
    }

    /** {@return whether pods of a workload use one of these claims, {@code namespace/name}} */
    public static boolean use(ObjectNode workload, Set<String> claims) {
        String namespace = workload.path("metadata").path("namespace").asText() + "/";
        for (JsonNode volume : podSpec(workload).path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText();
            if (claims.contains(namespace + claim)) {
                return true;
            }
        }
        return claims.stream().filter(claim -> claim.startsWith(namespace)).anyMatch(claim -> claimTemplate(
                        workload, claim.substring(namespace.length()))
                .isPresent());
    }

    /** {@return whether another workload that is stopped and started by itself looks after this one} */
    public static boolean isLookedAfter(String resource, ObjectNode workload) {
        return Found.controller(workload)
                .flatMap(Workload::named)
                .filter(owner -> Arrays.stream(Workload.values())
                        .filter(kind -> kind.resource().equals(resource))
                        .allMatch(kind -> kind.isLookedAfterBy(owner)))
                .isPresent();
    }

    /** {@return whether a workload is a Job that will make no pods any more} */
    public static boolean hasEnded(String resource, ObjectNode workload) {
        return resource.equals(Workload.JOB.resource()) && Workload.hasEnded(workload);
    }

    /** {@return in words who looks after a workload besides the known kinds, empty if nobody does} */
    public static Optional<String> stranger(ObjectNode workload) {
        return Found.controller(workload)
                .filter(owner -> Workload.named(owner).isEmpty())
                .map(Scaler::words);
    }
}
