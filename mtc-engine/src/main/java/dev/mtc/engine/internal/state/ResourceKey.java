package dev.mtc.engine.internal.state;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is kept. Every part is a valid Kubernetes name, so none can lead out of a directory.
 *
 * @param kind {@code plural.group}, or the plural alone for the core group
 * @param namespace its namespace
 * @param name its name
 */
record ResourceKey(String kind, String namespace, String name) implements Comparable<ResourceKey> {

    /** Kubernetes allows 253, but a file name of 255 bytes has to hold a suffix too. */
    static final int MAX_NAME = 240;

    private static final int MAX_NAMESPACE = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");
    private static final Comparator<ResourceKey> ORDER = Comparator.comparing(ResourceKey::kind)
            .thenComparing(ResourceKey::namespace)
            .thenComparing(ResourceKey::name);

    ResourceKey {
        if (!isNamespace(namespace)) {
            throw new IllegalArgumentException("The namespace '" + namespace + "' of " + kind + " '" + name
                    + "' is not an RFC 1123 label; use at most 63 lower-case letters, digits and inner '-'");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("The name '" + name + "' of " + kind + " in namespace '" + namespace
                    + "' cannot be kept; use at most " + MAX_NAME + " lower-case letters, digits and inner '-' or '.'");
        }
    }

    static ResourceKey of(Class<?> kind, @Nullable String namespace, @Nullable String name) {
        return new ResourceKey(kindOf(kind), String.valueOf(namespace), String.valueOf(name));
    }

    static ResourceKey of(HasMetadata resource) {
        if (resource.getMetadata() == null
                || resource.getMetadata().getNamespace() == null
                || resource.getMetadata().getName() == null) {
            throw new IllegalArgumentException(
                    "The " + resource.getKind() + " has no metadata.namespace or metadata.name; set both");
        }
        return of(
                resource.getClass(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    static String kindOf(Class<?> kind) {
        String group = HasMetadata.getGroup(kind);
        if (group == null) {
            throw new IllegalArgumentException(
                    kind.getName() + " names no API group; store a class that is annotated with @Group and @Version");
        }
        String plural = HasMetadata.getPlural(kind.asSubclass(HasMetadata.class));
        return group.isEmpty() ? plural : plural + "." + group;
    }

    static boolean isNamespace(String namespace) {
        return namespace.length() <= MAX_NAMESPACE && LABEL.matcher(namespace).matches();
    }

    static boolean isName(String name) {
        return name.length() <= MAX_NAME && SUBDOMAIN.matcher(name).matches();
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
