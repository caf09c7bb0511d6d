package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The image references in the objects that a plan carries over, which are those that {@link Images} may change: objects go the
 * same way as when they are applied, up to there.
 */
public final class SelectedImages {

    private static final String STREAMS = "imagestreams.image.openshift.io";
    private static final int FORBIDDEN = 403;

    private final ApiServer source;
    private final RestoreSettings settings;
    private final List<ResourceType> kinds;
    private final Surroundings surroundings = Surroundings.none();
    private final Preparation preparation;
    private final Set<String> references = new TreeSet<>();
    private final List<ObjectNode> streams = new ArrayList<>();

    private SelectedImages(ApiServer source, Discovery served, Discovery target, RestoreSettings settings) {
        this.source = source;
        this.settings = settings;
        this.kinds = Selection.of(settings.plan()).kinds(served).stream()
                .filter(ImageFields::mayBeIn)
                .map(kind -> Conversion.readAs(kind, served, target))
                .toList();
        this.preparation = Preparation.upToImages(target, settings, surroundings, this::collect);
    }

    /**
     * What was found.
     *
     * @param references of images that must be there, as objects have them, in order
     * @param streams image streams as the source has them
     */
    public record Found(Set<String> references, List<ObjectNode> streams) {}

    /**
     * {@return the references of a plan} Blocks. Kinds that may not be read are left out here; their capture says so.
     *
     * @param source the source cluster
     * @param served what it serves
     * @param target what the target serves
     * @param settings how objects are changed
     */
    public static Found find(ApiServer source, Discovery served, Discovery target, RestoreSettings settings) {
        SelectedImages images = new SelectedImages(source, served, target, settings);
        settings.plan().namespaces().stream()
                .map(NamespaceMapping::source)
                .distinct()
                .forEach(images::look);
        return new Found(images.references, images.streams);
    }

    private void look(String namespace) {
        each(namespace, Surroundings.ROLLED_OUT, this::note);
        if (surroundings.hasPaused()) {
            each(namespace, Surroundings.ROLLOUTS, this::note);
        }
        for (ResourceType kind : kinds) {
            each(namespace, kind, this::prepare);
        }
    }

    private void note(Captured object) {
        surroundings.note(object.key(), object.object());
    }

    private void prepare(Captured captured) {
        ObjectNode stream =
                captured.key().resource().equals(STREAMS) ? captured.object().deepCopy() : null;
        boolean isCarriedOver = preparation.prepare(captured.key(), captured.object()) instanceof Prepared.Applicable;
        if (stream != null && isCarriedOver) {
            streams.add(stream);
        }
    }

    private void collect(Draft draft) {
        if (ImageFields.mayBeIn(draft.type())) {
            ImageFields.in(draft.resource(), draft.object()).stream()
                    .filter(field -> field.use() == ImageFields.Use.NEEDED)
                    .forEach(field -> references.add(field.image()));
        }
    }

    /** An object of the source and which it is. */
    private record Captured(ObjectKey key, ObjectNode object) {}

    private void each(String namespace, Set<String> resources, Consumer<Captured> use) {
        kinds.stream().filter(kind -> resources.contains(kind.resource())).forEach(kind -> each(namespace, kind, use));
    }

    private void each(String namespace, ResourceType kind, Consumer<Captured> use) {
        try {
            Pages.of(source, kind, namespace, settings.plan().labelSelector().orElse(""))
                    .forEach(object -> use.accept(new Captured(
                            new ObjectKey(kind.resource(), namespace, Json.text(object, "metadata", "name")), object)));
        } catch (ClusterAccessException e) {
            boolean notListableAfterAll = e.status() == 404 || e.status() == 405;
            if (!notListableAfterAll && e.status() != FORBIDDEN) {
                throw e;
            }
        }
    }
}
