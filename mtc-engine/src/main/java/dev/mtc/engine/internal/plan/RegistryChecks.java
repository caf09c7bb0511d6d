package dev.mtc.engine.internal.plan;

import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.stream.Stream;

/** Whether images that are to be copied have a registry at both ends, be it directly or through the repository. */
final class RegistryChecks {

    private static final String STREAMS = "imagestreams.image.openshift.io";

    private RegistryChecks() {}

    static List<Problem> problems(RunContext context) {
        Plan plan = context.plan();
        boolean from = plan.from().registry().isPresent();
        boolean to = plan.to().registry().isPresent();
        if (from && to) {
            return List.of();
        } else if (from) {
            return List.of(Problem.critical(
                    "to.registry",
                    "DestinationClusterNoRegistryPath",
                    "the source has a registry to copy images from, but the target cluster "
                            + plan.to().name() + " has none to copy them to",
                    "call registry(…) on the target cluster, or leave it out on the source"));
        }
        return hasImageStreams(context)
                ? List.of(Problem.critical(
                        "from.registry",
                        "SourceClusterNoRegistryPath",
                        "the plan's namespaces have image streams, but it is not said in which registry the source"
                                + " cluster " + plan.from().name() + " keeps their images",
                        "call exposedRegistry(…) on both clusters, or exclude " + STREAMS))
                : List.of();
    }

    private static boolean hasImageStreams(RunContext context) {
        Plan plan = context.plan();
        List<ResourceType> versions = context.discovery(Side.SOURCE).versions(STREAMS);
        return !versions.isEmpty()
                && !plan.excludedResources().contains(STREAMS)
                && !plan.excludedResources().contains("imagestreams")
                && plan.namespaces().stream()
                        .anyMatch(mapping -> KindChecks.exists(
                                context.server(Side.SOURCE),
                                versions.get(0).collection(mapping.source()),
                                plan.labelSelector().orElse("")));
    }

    /** {@return registries of the plan that do not let us in; a run finds out when it copies} */
    static List<Problem> unusable(RunContext context) {
        Stream<Problem> ofClusters = Stream.of(Side.SOURCE, Side.TARGET)
                .flatMap(side -> RegistryProbe.problems(context.server(side)).stream()
                        .map(problem -> Problem.critical(
                                problem.where(), PlanCheck.notReady(side), problem.message(), problem.fix())));
        Stream<Problem> others =
                context.plan().registries().stream().flatMap(registry -> RegistryProbe.problems(registry).stream());
        return Stream.concat(ofClusters, others).toList();
    }
}
