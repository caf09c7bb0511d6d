package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.PlannedVolume.Way;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the volumes of a plan that converts storage classes can take each other's places. */
public final class ConversionChecks {

    /** MTC's condition of a plan that has nothing to convert, or nothing to convert it to. */
    public static final String UNAVAILABLE = "StorageClassConversionUnavailable";

    private final RunContext context;
    private final List<PlannedVolume> volumes;

    private ConversionChecks(RunContext context) {
        this.context = context;
        this.volumes = PlannedVolumes.find(context);
    }

    static List<Problem> problems(RunContext context) {
        ConversionChecks checks = new ConversionChecks(context);
        List<Problem> problems = new ArrayList<>(checks.unavailable());
        problems.addAll(checks.ontoThemselves());
        for (NamespaceMapping mapping : context.plan().namespaces()) {
            String collection = "/apis/apps/v1/namespaces/" + mapping.source() + "/statefulsets";
            for (ObjectNode set : context.server(Side.SOURCE).list(collection, "")) {
                problems.addAll(checks.set(set));
            }
        }
        return problems;
    }

    private static String where(PlannedVolume volume) {
        return "volumes[" + volume.source() + "]";
    }

    private List<Problem> unavailable() {
        List<String> classes = StorageClasses.of(context).names();
        boolean anything = volumes.stream().anyMatch(volume -> volume.way() == Way.CONVERTED);
        if (anything && classes.size() > 1) {
            return List.of();
        }
        return List.of(Problem.critical(
                "volumes",
                UNAVAILABLE,
                anything
                        ? "the cluster has no storage class but " + classes
                        : "no volume gets another storage class, access mode or size",
                anything
                        ? "make a storage class to convert to"
                        : "choose one of " + classes + " with VolumeChoice.copy().storageClass(…)"));
    }

    private List<Problem> ontoThemselves() {
        return volumes.stream()
                .filter(volume ->
                        volume.way() == Way.CONVERTED && volume.source().equals(volume.target()))
                .map(volume -> Problem.error(
                        where(volume),
                        "PvNameConflict",
                        "it would be converted onto its own name, which its claim has until it is converted",
                        "give it another name, or none, so that it gets one with the suffix of the plan"))
                .toList();
    }

    /** What a StatefulSet makes from one template has one kind, and a name that the set knows it by. */
    private List<Problem> set(ObjectNode set) {
        String namespace = set.path("metadata").path("namespace").asText();
        List<Problem> problems = new ArrayList<>();
        volumes.stream()
                .filter(volume -> volume.source().namespace().equals(namespace))
                .flatMap(volume -> template(set, volume).stream().map(template -> new OfSet(volume, template)))
                .collect(Collectors.groupingBy(OfSet::template))
                .forEach((template, claims) -> problems.addAll(together(set, template, claims)));
        return problems;
    }

    private record OfSet(PlannedVolume volume, String template) {

        /** {@return the template from which the set would make the claim's copy, empty if it would not} */
        Optional<String> becomes() {
            String end = volume.source().name().substring(template.length());
            String target = volume.target().name();
            return target.endsWith(end)
                    ? Optional.of(target.substring(0, target.length() - end.length()))
                    : Optional.empty();
        }

        boolean isConverted() {
            return volume.way() == Way.CONVERTED;
        }
    }

    private static Optional<String> template(ObjectNode set, PlannedVolume volume) {
        return PodTemplates.claimTemplate(set, volume.source().name());
    }

    private static List<Problem> together(ObjectNode set, String template, List<OfSet> claims) {
        if (claims.stream().noneMatch(OfSet::isConverted)) {
            return List.of();
        }
        String name = set.path("metadata").path("name").asText();
        boolean alike = claims.stream().allMatch(OfSet::isConverted)
                && claims.stream().map(OfSet::becomes).distinct().count() == 1
                && claims.stream()
                                .map(claim -> claim.volume().copy().flatMap(copy -> copy.storageClass()))
                                .distinct()
                                .count()
                        == 1;
        if (alike && claims.get(0).becomes().isPresent()) {
            return List.of();
        }
        return List.of(Problem.error(
                where(claims.get(0).volume()),
                "ConflictingPVCMappings",
                "StatefulSet " + name + " makes it and the other claims of template " + template
                        + " alike, named TEMPLATE-" + name + "-NUMBER, so they can only be converted together",
                "convert or leave out all of them, into one storage class, with names of that form or none"));
    }
}
