package dev.mtc.engine.internal.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.OutcomeUnknownException;
import dev.mtc.api.Remedy;
import dev.mtc.api.StateStore;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Resources in one namespace of a cluster. No kind of MTC has a status subresource, so the whole object is one write, and
 * the API server's check of the resourceVersion is the fence. Nothing is kept here.
 *
 * <p>When an answer is lost, the HTTP client or we send the write again, and the second one is refused because of the first.
 * So every write carries an id of its own, which tells that apart from a conflict. Callers do not see it.
 */
final class ClusterStateStore implements StateStore {

    /** The annotation with the id of the last write. */
    private static final String WRITE = "work.mtc.dev/write";

    private static final Comparator<HasMetadata> BY_NAME =
            Comparator.comparing(resource -> resource.getMetadata().getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer server;
    private final String namespace;
    private final ResourceText text = ResourceText.json();
    private volatile boolean closed;

    private ClusterStateStore(ApiServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    static ClusterStateStore open(Cluster host, String namespace) {
        if (!ResourceKey.isNamespace(namespace)) {
            throw new IllegalArgumentException("The namespace '" + namespace + "' for the state on cluster "
                    + host.name() + " is not an RFC 1123 label; use lower-case letters, digits and inner '-'");
        }
        return new ClusterStateStore(Connections.openHost(host), namespace);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name) {
        requireOpen();
        ResourceKey key = ResourceKey.of(kind, namespace, name);
        return isHere(key) ? find(kind, key).map(found -> decoded(kind, key, found)) : Optional.empty();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> kind) {
        requireOpen();
        ResourceType type = ResourceType.of(kind);
        List<T> all = new ArrayList<>();
        try {
            Pages.of(server, type, namespace, "")
                    .forEach(found -> all.add(decoded(
                            kind,
                            ResourceKey.of(
                                    kind,
                                    namespace,
                                    found.path("metadata").path("name").asText()),
                            found)));
        } catch (ClusterAccessException e) {
            throw e.status() == 404 ? missing(type, e) : e;
        }
        all.sort(BY_NAME);
        return List.copyOf(all);
    }

    @Override
    public <T extends HasMetadata> T create(T resource) {
        requireOpen();
        ObjectMeta meta = resource.getMetadata();
        if (meta != null && meta.getResourceVersion() != null) {
            throw new IllegalArgumentException("The " + resource.getKind() + " '" + meta.getName()
                    + "' has a resourceVersion already; clear it to create, or call update");
        }
        T named = named(resource);
        ResourceKey key = ResourceKey.of(named);
        requireHere(key);
        Class<T> kind = kindOf(named);
        return decoded(kind, key, created(kind, key, encoded(named)));
    }

    @Override
    public <T extends HasMetadata> T update(T resource) {
        requireOpen();
        ResourceKey key = ResourceKey.of(resource);
        requireHere(key);
        if (resource.getMetadata().getResourceVersion() == null) {
            throw new IllegalArgumentException(
                    "The update of " + key + " has no resourceVersion; change what was read from the store");
        }
        Class<T> kind = kindOf(resource);
        return decoded(kind, key, replaced(kind, key, encoded(resource)));
    }

    @Override
    public <T extends HasMetadata> void delete(Class<T> kind, String namespace, String name) {
        requireOpen();
        ResourceKey key = ResourceKey.of(kind, namespace, name);
        if (isHere(key)) {
            server.delete(path(kind, key));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.close();
        }
    }

    private ObjectNode created(Class<? extends HasMetadata> kind, ResourceKey key, ObjectNode wanted) {
        ResourceType type = ResourceType.of(kind);
        try {
            return server.create(type.collection(namespace), wanted);
        } catch (OutcomeUnknownException e) {
            return find(kind, key).filter(now -> isOf(wanted, now)).orElseThrow(() -> e);
        } catch (ClusterAccessException e) {
            if (e.status() == 409) {
                return find(kind, key).filter(now -> isOf(wanted, now)).orElseThrow(() -> exists(key));
            }
            throw e.status() == 404 ? missing(type, e) : e;
        }
    }

    private ObjectNode replaced(Class<? extends HasMetadata> kind, ResourceKey key, ObjectNode wanted) {
        try {
            return server.replace(path(kind, key), wanted);
        } catch (ClusterAccessException e) {
            if (e.status() != 409 && e.status() != 404) {
                throw e;
            }
            ObjectNode now = find(kind, key).orElseThrow(() -> gone(key, version(wanted)));
            if (isOf(wanted, now)) {
                return now;
            }
            throw second(key, version(wanted), now);
        }
    }

    /** {@return whether a resource is as a write of ours left it} */
    private static boolean isOf(ObjectNode written, ObjectNode now) {
        return writeId(written).equals(writeId(now));
    }

    private static String writeId(ObjectNode resource) {
        return resource.path("metadata").path("annotations").path(WRITE).asText();
    }

    private Conflict exists(ResourceKey key) {
        return new Conflict(place(key) + " exists already; update it, or choose another name");
    }

    private Conflict second(ResourceKey key, String expected, ObjectNode newest) {
        return new Conflict("The update of " + place(key) + " came second: it was read as version " + expected
                + ", stored is " + version(newest) + "; read it again, another driver may own it");
    }

    private Conflict gone(ResourceKey key, String expected) {
        return new Conflict(place(key) + " is gone; it was read as version " + expected);
    }

    private Optional<ObjectNode> find(Class<? extends HasMetadata> kind, ResourceKey key) {
        Optional<ObjectNode> found = server.find(path(kind, key));
        if (found.isEmpty()) {
            requireServed(ResourceType.of(kind), null);
        }
        return found;
    }

    /** {@return what to say of a 404 that is not about one resource} */
    private ClusterAccessException missing(ResourceType type, ClusterAccessException cause) {
        requireServed(type, cause);
        return new ClusterAccessException(
                Remedy.FIX_INPUT,
                "Namespace " + namespace + " is not on the " + server + ", so no " + type.resource()
                        + " can be kept there; create the namespace, or name one that exists",
                cause.status(),
                cause);
    }

    private void requireServed(ResourceType type, @Nullable Throwable cause) {
        if (!server.serves(type)) {
            throw new ClusterAccessException(
                    Remedy.FIX_INPUT,
                    "The " + server + " does not serve " + type + ", its custom resource definition is missing; apply"
                            + " the definitions of mtc-engine, dev/mtc/engine/crds/*.yaml in its jar, with kubectl",
                    404,
                    cause);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The state store is closed; close it after the last run that uses it");
        }
    }

    private boolean isHere(ResourceKey key) {
        return key.namespace().equals(namespace);
    }

    private void requireHere(ResourceKey key) {
        if (!isHere(key)) {
            throw new IllegalArgumentException("Cannot keep " + key + ": this store holds namespace " + namespace
                    + " of cluster " + server.cluster().name() + " only; use that namespace");
        }
    }

    /** {@return a resource with the name that a server would generate, so that it is found if the answer is lost} */
    private <T extends HasMetadata> T named(T resource) {
        ObjectMeta meta = resource.getMetadata();
        if (meta == null || meta.getName() != null || meta.getGenerateName() == null) {
            return resource;
        }
        T copy = text.copy(resource);
        copy.getMetadata().setName(GeneratedNames.next(meta.getGenerateName()));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> Class<T> kindOf(T resource) {
        return (Class<T>) resource.getClass();
    }

    private static String path(Class<? extends HasMetadata> kind, ResourceKey key) {
        return ResourceType.of(kind).path(key.namespace(), key.name());
    }

    private String place(ResourceKey key) {
        return key + " on cluster " + server.cluster().name();
    }

    private static String version(ObjectNode resource) {
        return resource.path("metadata").path("resourceVersion").asText();
    }

    /** {@return a resource as JSON, with the id of this write} */
    private ObjectNode encoded(HasMetadata resource) {
        ObjectNode encoded;
        try {
            encoded = (ObjectNode) JSON.readTree(text.encode(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The " + resource.getKind() + " cannot be written as JSON", e);
        }
        encoded.withObject("metadata")
                .withObject("annotations")
                .put(WRITE, UUID.randomUUID().toString());
        return encoded;
    }

    private <T extends HasMetadata> T decoded(Class<T> kind, ResourceKey key, ObjectNode found) {
        try {
            T resource = text.decode(kind, found.toString());
            resource.getMetadata().getAnnotations().remove(WRITE);
            return resource;
        } catch (RuntimeException e) {
            throw new ClusterAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot read " + place(key) + ", it is not a " + kind.getSimpleName() + ": " + e.getMessage()
                            + "; correct or remove it",
                    0,
                    e);
        }
    }

    @Override
    public String toString() {
        return "StateStore[cluster: " + server.cluster().name() + ", namespace " + namespace + "]";
    }
}
