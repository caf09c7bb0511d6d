package dev.mtc.engine.internal.objects;

/** One thing that every migrated object needs. Thread-safe. */
interface BuiltInTransform {

    /** Changes the object, decides that it is not carried over, or has nothing to do with it. */
    void apply(Draft draft);

    /** {@return what a preview calls it} */
    default String name() {
        return getClass().getSimpleName();
    }
}
