package dev.mtc.engine.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The controllers of a cluster, set to work in the order in which they depend on each other. */
final class Controllers {

    private final ControlLoop loop;
    private @Nullable Kubelet kubelet;

    private Controllers(ControlLoop loop) {
        this.loop = loop;
    }

    static Controllers idle(ControlLoop loop) {
        return new Controllers(loop);
    }

    /** What decides how pods fare. */
    record Rules(ImageRules images, JobRules jobs) {}

    void start(Store store, Catalog catalog, Writes writes, Deletes deletes, Rules rules, boolean workloads) {
        OwnerIndex index = new OwnerIndex(store);
        store.observe(index);
        loop.observe(new NamespaceController(store, catalog, writes, deletes));
        loop.observe(new GarbageCollector(store, catalog, index, writes, deletes));
        Binder binder = new Binder(store, catalog, writes, deletes);
        loop.observe(binder);
        if (workloads) {
            loop.observe(new Workloads(store, catalog, index, writes, deletes, loop));
            Kubelet node = new Kubelet(store, catalog, writes, deletes, loop, binder, rules);
            loop.observe(node);
            kubelet = node;
        }
    }

    /** Looks once more at pods that wait for their images, and at those of Jobs. */
    void lookAtPodsAgain() {
        Kubelet node = kubelet;
        if (node != null) {
            loop.later(Duration.ZERO, () -> node.lookAgain(""));
        }
    }
}
