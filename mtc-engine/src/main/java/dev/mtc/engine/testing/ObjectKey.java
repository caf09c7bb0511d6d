package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Where an object is within its kind; the namespace is empty for objects of the cluster. */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    static ObjectKey of(JsonNode tree) {
        return new ObjectKey(Trees.namespace(tree), Trees.name(tree));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
