package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The recorded revisions of a workload's template. */
final class Revisions {

    private Revisions() {}

    /** {@return the name of the present template's revision, recorded if it is new} */
    static String of(Workloads workloads, ResourceType type, ObjectNode workload) {
        ResourceType revisions = workloads.type("apps", "controllerrevisions");
        String name = Trees.name(workload) + "-" + Workloads.hash(Trees.at(workload, "spec", "template"));
        if (workloads.find(revisions, Trees.namespace(workload), name) == null) {
            ObjectNode revision = Workloads.child(revisions, type, workload);
            Trees.meta(revision).put("name", name);
            Trees.in(revision, "data", "spec")
                    .set("template", Trees.at(workload, "spec", "template").deepCopy());
            revision.put(
                    "revision", workloads.owned(workload, revisions.storage()).size() + 1);
            workloads.create(revision, revisions);
        }
        return name;
    }
}
