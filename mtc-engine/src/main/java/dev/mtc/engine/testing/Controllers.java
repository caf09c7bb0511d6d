package dev.mtc.engine.testing;

/** Sets the controllers of a cluster to work. */
final class Controllers {

    private final Store store;
    private final Catalog catalog;
    private final Writes writes;
    private final Deletes deletes;
    private final ControlLoop loop;

    Controllers(Store store, Catalog catalog, Writes writes, Deletes deletes, ControlLoop loop) {
        this.store = store;
        this.catalog = catalog;
        this.writes = writes;
        this.deletes = deletes;
        this.loop = loop;
    }

    void start(ImageRules images, boolean workloads) {
        loop.observe(new NamespaceController(store, catalog, writes, deletes));
    }

    void lookAtPodsAgain() {}
}
