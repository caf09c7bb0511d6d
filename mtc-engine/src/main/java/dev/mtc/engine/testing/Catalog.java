package dev.mtc.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The kinds that are served at the moment: the built-in ones and those of custom resource definitions. */
final class Catalog {

    private final int minor;
    private final List<ResourceType> builtIn;
    private final Map<String, List<ResourceType>> custom = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();

    Catalog(int minor) {
        this.minor = minor;
        this.builtIn = BuiltInTypes.of(minor);
    }

    /** {@return the second number of the served version} */
    int minor() {
        return minor;
    }

    List<ResourceType> all() {
        List<ResourceType> all = new ArrayList<>(builtIn);
        order.forEach(name -> all.addAll(custom.getOrDefault(name, List.of())));
        return all;
    }

    @Nullable
    ResourceType find(String group, String version, String plural) {
        for (ResourceType type : builtIn) {
            if (type.is(group, plural) && type.version().equals(version)) {
                return type;
            }
        }
        return custom.getOrDefault(plural + "." + group, List.of()).stream()
                .filter(t -> t.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    /** {@return the preferred version of a built-in kind, which must exist} */
    ResourceType builtIn(String group, String plural) {
        return builtIn.stream()
                .filter(t -> t.is(group, plural))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No built-in kind " + plural + " in group " + group));
    }

    /** {@return the kind that objects are stored under, in its preferred version} */
    @Nullable
    ResourceType ofStorage(String storage) {
        return all().stream()
                .filter(t -> t.storage().equals(storage))
                .findFirst()
                .orElse(null);
    }

    /** Serves the versions of a custom kind, known by the name of its definition; none takes it away. */
    void serve(String definition, List<ResourceType> versions) {
        if (versions.isEmpty()) {
            custom.remove(definition);
            order.remove(definition);
            return;
        }
        custom.put(definition, List.copyOf(versions));
        if (!order.contains(definition)) {
            order.add(definition);
        }
    }
}
