package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the store.
 *
 * @param before the object before, or null if it was created
 * @param object the object after; of a deleted one its last state with the revision of the deletion
 */
record Change(Type type, long revision, String storage, ObjectKey key, @Nullable ObjectNode before, ObjectNode object) {

    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    boolean isOf(String storage) {
        return this.storage.equals(storage);
    }
}
