package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.objects.TargetNamespaces;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mark on the target's namespaces which says that a plan's applications are in use there. It is what keeps a later run
 * that fails from starting those of the source again, volumes or none. Plans that share a namespace have a mark each.
 */
public final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer target;
    private final String key;
    private final List<String> namespaces;

    private HandOver(ApiServer target, String planUid, List<String> namespaces) {
        this.target = target;
        this.key = TargetNamespaces.HANDED_OVER + planUid;
        this.namespaces = namespaces;
    }

    /** {@return the mark of a run's plan} */
    public static HandOver of(RunContext context) {
        return new HandOver(
                context.server(Side.TARGET),
                context.planUid(),
                context.plan().namespaces().stream()
                        .map(NamespaceMapping::target)
                        .toList());
    }

    /** {@return the run that handed the target over, if one did} */
    public Optional<String> by() {
        return namespaces.stream().flatMap(namespace -> by(namespace).stream()).findFirst();
    }

    private Optional<String> by(String namespace) {
        return find(namespace)
                .map(object -> object.path("metadata").path("annotations").path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private Optional<ObjectNode> find(String namespace) {
        return hiddenIsAbsent(namespace, () -> target.find(path(namespace)));
    }

    /** Sets the mark, unless an earlier run has. */
    public void mark(String runId) {
        if (by().isEmpty()) {
            namespaces.forEach(
                    namespace -> write(namespace, JSON.getNodeFactory().textNode(runId)));
        }
    }

    /** Takes the mark away. */
    public void takeBack() {
        namespaces.stream()
                .filter(namespace -> by(namespace).isPresent())
                .forEach(namespace -> write(namespace, JSON.getNodeFactory().nullNode()));
    }

    private void write(String namespace, JsonNode value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").putObject("annotations").set(key, value);
        var unused = hiddenIsAbsent(namespace, () -> Optional.of(target.merge(path(namespace), patch)));
    }

    private static String path(String namespace) {
        return "/api/v1/namespaces/" + namespace;
    }

    /** Who may work in a namespace need not be allowed to mark it; then the marks on claims have to do. */
    private Optional<ObjectNode> hiddenIsAbsent(String namespace, Supplier<Optional<ObjectNode>> call) {
        try {
            return call.get();
        } catch (ClusterAccessException e) {
            if (e.status() == 403 || e.status() == 404) {
                LOG.debug("Namespace {} of the target has no mark of its hand-over", namespace, e);
                return Optional.empty();
            }
            throw e;
        }
    }
}
