package dev.mtc.engine.internal.objects;

/** One change that objects go through on their way to the target. Thread-safe. */
interface BuiltInTransform {

    /** {@return what it looks after, as previews show it} */
    String name();

    /** Changes the object, decides that it is not carried over, or has nothing to do with it. */
    void apply(Draft draft);
}
