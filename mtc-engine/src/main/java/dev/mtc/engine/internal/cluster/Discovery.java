package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What an API server serves: every kind with its versions, the server's preferred one first. Immutable. */
public final class Discovery {

    private final Map<String, List<ResourceType>> byResource;
    private final List<String> unavailable;

    private Discovery(Map<String, List<ResourceType>> byResource, List<String> unavailable) {
        this.byResource = byResource;
        this.unavailable = List.copyOf(unavailable);
    }

    /** Asks the server, all groups at once. A group whose server does not answer is noted as unavailable. */
    public static Discovery of(ApiServer server, Executor executor) {
        List<String> paths = new ArrayList<>(List.of("/api/v1"));
        for (JsonNode group : server.get("/apis").path("groups")) {
            String preferred = group.path("preferredVersion").path("version").asText();
            paths.add("/apis/" + group.path("name").asText() + "/" + preferred);
            for (JsonNode version : group.path("versions")) {
                if (!version.path("version").asText().equals(preferred)) {
                    paths.add("/apis/" + version.path("groupVersion").asText());
                }
            }
        }
        List<CompletableFuture<Optional<ObjectNode>>> answers = paths.stream()
                .map(path -> CompletableFuture.supplyAsync(() -> list(server, path), executor))
                .toList();
        Map<String, List<ResourceType>> found = new LinkedHashMap<>();
        List<String> unavailable = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Optional<ObjectNode> answer = answers.get(i).join();
            if (answer.isEmpty()) {
                unavailable.add(paths.get(i));
            }
            answer.ifPresent(resources -> add(resources, found));
        }
        return new Discovery(found, unavailable);
    }

    private static Optional<ObjectNode> list(ApiServer server, String path) {
        try {
            return Optional.of(server.get(path));
        } catch (ClusterAccessException e) {
            boolean aggregatedServerDown = e.status() >= 500 || e.status() == 404;
            if (aggregatedServerDown && !path.equals("/api/v1")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void add(JsonNode resources, Map<String, List<ResourceType>> found) {
        String groupVersion = resources.path("groupVersion").asText();
        int slash = groupVersion.indexOf('/');
        String group = slash < 0 ? "" : groupVersion.substring(0, slash);
        String version = groupVersion.substring(slash + 1);
        for (JsonNode resource : resources.path("resources")) {
            String plural = resource.path("name").asText();
            if (!plural.contains("/")) {
                Set<String> verbs = new HashSet<>();
                resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
                ResourceType type = new ResourceType(
                        group,
                        version,
                        plural,
                        resource.path("kind").asText(),
                        resource.path("namespaced").asBoolean(),
                        verbs);
                found.computeIfAbsent(type.resource(), key -> new ArrayList<>()).add(type);
            }
        }
    }

    /** {@return each kind in its preferred version} */
    public Collection<ResourceType> preferred() {
        return byResource.values().stream().map(versions -> versions.get(0)).toList();
    }

    /** {@return the versions of a kind, the preferred one first; empty if it is not served} */
    public List<ResourceType> versions(String resource) {
        return byResource.getOrDefault(resource, List.of());
    }

    /** {@return a kind in the version that objects carry, if it is served in that one} */
    public Optional<ResourceType> find(String apiVersion, String kind) {
        return byResource.values().stream()
                .flatMap(List::stream)
                .filter(type -> type.kind().equals(kind) && type.apiVersion().equals(apiVersion))
                .findFirst();
    }

    /** {@return a kind in the version that references carry or, if that is not served, the first one that its group has} */
    public Optional<ResourceType> findInAnyVersion(String apiVersion, String kind) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return find(apiVersion, kind).or(() -> preferred().stream()
                .filter(type -> type.kind().equals(kind) && type.group().equals(group))
                .findFirst());
    }

    /** {@return the same with more kinds; those that are served already stay as they are} */
    public Discovery with(Collection<ResourceType> more) {
        Map<String, List<ResourceType>> all = new LinkedHashMap<>(byResource);
        more.stream()
                .filter(type -> !byResource.containsKey(type.resource()))
                .forEach(type -> all.merge(type.resource(), List.of(type), Discovery::joined));
        return new Discovery(all, unavailable);
    }

    private static List<ResourceType> joined(List<ResourceType> some, List<ResourceType> more) {
        List<ResourceType> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** {@return paths of groups whose server did not answer} */
    public List<String> unavailable() {
        return unavailable;
    }
}
