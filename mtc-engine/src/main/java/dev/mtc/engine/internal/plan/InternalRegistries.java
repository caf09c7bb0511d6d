package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clusters call their own registries, where that is another name than the one that is reached from outside: the one that the
 * plan's cluster says, or else the one in the status of an image stream, of which OpenShift has some in every cluster.
 *
 * @param source the source's name for its registry, if it has one
 * @param target the target's name for its registry, if it has one
 */
record InternalRegistries(@Nullable String source, @Nullable String target) {

    private static final String STREAMS = "imagestreams.image.openshift.io";
    private static final String SHARED = "openshift";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** {@return the names, looked for once in a run} */
    static InternalRegistries of(RunContext context) {
        return context.work(
                InternalRegistries.class,
                c -> new InternalRegistries(
                        host(c, Side.SOURCE).orElse(null), host(c, Side.TARGET).orElse(null)));
    }

    private static Optional<String> host(RunContext context, Side side) {
        Cluster cluster = context.plan().cluster(side);
        if (cluster.internalRegistry().isPresent() || cluster.registry().isEmpty()) {
            return cluster.internalRegistry();
        }
        Stream<String> planned = context.plan().namespaces().stream()
                .map(side == Side.SOURCE ? NamespaceMapping::source : NamespaceMapping::target);
        return context.discovery(side).versions(STREAMS).stream()
                .limit(1)
                .flatMap(type -> Stream.concat(planned, Stream.of(SHARED))
                        .flatMap(namespace -> inStreams(context, side, type, namespace).stream()))
                .findFirst();
    }

    private static Optional<String> inStreams(RunContext context, Side side, ResourceType type, String namespace) {
        try {
            Pages pages = Pages.of(context.server(side), type, namespace, "");
            while (pages.hasNext()) {
                Optional<String> host = pages.next().stream()
                        .flatMap(stream -> host(stream).stream())
                        .findFirst();
                if (host.isPresent()) {
                    return host;
                }
            }
            return Optional.empty();
        } catch (ClusterAccessException e) {
            if (e.status() != FORBIDDEN && e.status() != NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<String> host(ObjectNode stream) {
        String repository = stream.path("status").path("dockerImageRepository").asText();
        int slash = repository.indexOf('/');
        return slash > 0 ? Optional.of(repository.substring(0, slash)) : Optional.empty();
    }
}
