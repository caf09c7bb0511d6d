package dev.mtc.engine.internal.controller;

/**
 * What is to be looked at.
 *
 * @param kind its kind
 * @param name its name in the controller's namespace
 */
record Key(Kind kind, String name) {

    /** Kinds that are looked at by themselves; a plan with its migrations is one. */
    enum Kind {
        CLUSTER,
        STORAGE,
        HOOK,
        PLAN,
        VOLUMES,
        IMAGES,
        IMAGE_STREAM
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
