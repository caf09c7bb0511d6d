package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server says of itself: its version, groups, and resources. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");
    private static final String AUTHORIZATION = "authorization.k8s.io";

    private final Catalog catalog;

    Discovery(Catalog catalog) {
        this.catalog = catalog;
    }

    ObjectNode version() {
        return Trees.object(
                "major", "1",
                "minor", Integer.toString(catalog.minor()),
                "gitVersion", "v1." + catalog.minor() + ".0",
                "gitCommit", "embedded",
                "gitTreeState", "clean",
                "buildDate", "2026-01-01T00:00:00Z",
                "goVersion", "java",
                "compiler", "javac",
                "platform", "jvm");
    }

    static ObjectNode coreVersions() {
        ObjectNode versions = Trees.object("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    ObjectNode groups() {
        ObjectNode list = Trees.object("kind", "APIGroupList", "apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        versionsByGroup().forEach((name, versions) -> groups.add(group(name, versions)));
        return list;
    }

    @Nullable
    ObjectNode group(String name) {
        Set<String> versions = versionsByGroup().get(name);
        if (versions == null) {
            return null;
        }
        ObjectNode group = group(name, versions);
        group.put("kind", "APIGroup").put("apiVersion", "v1");
        return group;
    }

    /** {@return the resources of a group's version, or null if it is not served} */
    @Nullable
    ObjectNode resources(String group, String version) {
        if (!group.isEmpty() && !versionsByGroup().getOrDefault(group, Set.of()).contains(version)) {
            return null;
        }
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        ObjectNode list = Trees.object("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        catalog.all().stream()
                .filter(t -> t.group().equals(group) && t.version().equals(version))
                .forEach(t -> add(resources, t));
        if (group.equals(AUTHORIZATION)) {
            addReview(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview");
            addReview(resources, "selfsubjectrulesreviews", "SelfSubjectRulesReview");
        }
        return list;
    }

    private static void addReview(ArrayNode resources, String plural, String kind) {
        resources
                .addObject()
                .put("name", plural)
                .put("singularName", "")
                .put("namespaced", false)
                .put("kind", kind)
                .putArray("verbs")
                .add("create");
    }

    private Map<String, Set<String>> versionsByGroup() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (ResourceType type : catalog.all()) {
            if (!type.group().isEmpty()) {
                groups.computeIfAbsent(type.group(), g -> new LinkedHashSet<>()).add(type.version());
            }
        }
        groups.put(AUTHORIZATION, Set.of("v1"));
        return groups;
    }

    private static ObjectNode group(String name, Set<String> versions) {
        ObjectNode group = Trees.object("name", name);
        ArrayNode list = group.putArray("versions");
        for (String version : versions) {
            list.add(Trees.object("groupVersion", name + "/" + version, "version", version));
        }
        group.set("preferredVersion", list.path(0).deepCopy());
        return group;
    }

    private static void add(ArrayNode resources, ResourceType type) {
        ObjectNode resource = resources
                .addObject()
                .put("name", type.plural())
                .put("singularName", type.names().singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        ArrayNode verbs = resource.putArray("verbs");
        VERBS.stream()
                .filter(verb -> !(verb.equals("deletecollection") && type.is("", "namespaces")))
                .forEach(verbs::add);
        addAll(resource, "shortNames", type.names().shortNames());
        addAll(resource, "categories", type.names().categories());
        type.subresources().stream().sorted().forEach(name -> addSubresource(resources, type, name));
    }

    private static void addSubresource(ArrayNode resources, ResourceType type, String name) {
        ObjectNode resource = resources
                .addObject()
                .put("name", type.plural() + "/" + name)
                .put("singularName", "")
                .put("namespaced", type.namespaced());
        if (name.equals("scale")) {
            resource.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
        } else {
            resource.put("kind", type.kind());
        }
        addAll(resource, "verbs", SUBRESOURCE_VERBS);
    }

    private static void addAll(ObjectNode resource, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = resource.putArray(field);
            texts.forEach(list::add);
        }
    }
}
