package dev.mtc.engine.internal.plan;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.IncompatibleGvk;
import dev.mtc.api.model.v1alpha1.IncompatibleNamespace;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.objects.SelectedKinds;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the kinds that a plan migrates are served where they have to be. */
public final class KindChecks {

    private KindChecks() {}

    static List<Problem> unknown(Plan plan, Discovery source) {
        return SelectedKinds.unknown(plan, source).stream()
                .map(
                        name -> Problem.critical(
                                "includedResources[" + name + "]",
                                "InvalidResourceList",
                                "the source cluster " + plan.from().name() + " serves no namespaced kind '" + name
                                        + "'",
                                "write it as kubectl api-resources --namespaced does, with the group: deployments.apps, services"))
                .toList();
    }

    /**
     * {@return the kinds that the target does not take but namespaces of the source have objects of, by namespace} Asks for
     * one object of each such kind.
     */
    public static Map<NamespaceMapping, List<ResourceType>> withoutPlace(RunContext context) {
        Plan plan = context.plan();
        ApiServer source = context.server(Side.SOURCE);
        List<ResourceType> kinds =
                SelectedKinds.withoutPlace(plan, context.discovery(Side.SOURCE), context.discovery(Side.TARGET));
        Map<NamespaceMapping, List<ResourceType>> found = new LinkedHashMap<>();
        for (NamespaceMapping mapping : plan.namespaces()) {
            List<Supplier<Boolean>> questions = new ArrayList<>();
            kinds.forEach(kind -> questions.add(() -> exists(
                    source,
                    kind.collection(mapping.source()),
                    plan.labelSelector().orElse(""))));
            List<Boolean> answers = Together.ask(context.executor(), questions);
            List<ResourceType> present = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
                if (answers.get(i)) {
                    present.add(kinds.get(i));
                }
            }
            if (!present.isEmpty()) {
                found.put(mapping, present);
            }
        }
        return found;
    }

    /** {@return whether a collection has an object} What cannot be read is reported when it is to be migrated. */
    static boolean exists(ApiServer server, String collection, String labelSelector) {
        try {
            return !server.page(collection, labelSelector, "", 1).path("items").isEmpty();
        } catch (ClusterAccessException e) {
            if (e.status() == 403 || e.status() == 404 || e.status() == 405) {
                return false;
            }
            throw e;
        }
    }

    static List<Problem> incompatible(Map<NamespaceMapping, List<ResourceType>> kinds) {
        List<Problem> problems = new ArrayList<>();
        kinds.forEach((mapping, types) -> problems.add(Problem.warning(
                NamespaceChecks.where(mapping),
                "GVKsIncompatible",
                "the target does not serve "
                        + types.stream()
                                .map(type -> type.apiVersion() + " " + type.kind())
                                .collect(Collectors.joining(", "))
                        + ", so these objects are not migrated",
                "install on the target what serves them, such as their CRDs, or exclude the kinds")));
        return problems;
    }

    /** {@return the same for the status of a plan; MTC puts the plural name where the kind should be} */
    public static List<IncompatibleNamespace> status(Map<NamespaceMapping, List<ResourceType>> kinds) {
        List<IncompatibleNamespace> status = new ArrayList<>();
        kinds.forEach((mapping, types) -> {
            IncompatibleNamespace namespace = new IncompatibleNamespace();
            namespace.setName(mapping.source());
            namespace.setGvks(types.stream().map(KindChecks::gvk).toList());
            status.add(namespace);
        });
        return status;
    }

    private static IncompatibleGvk gvk(ResourceType type) {
        IncompatibleGvk gvk = new IncompatibleGvk();
        gvk.setGroup(type.group());
        gvk.setVersion(type.version());
        gvk.setKind(type.plural());
        return gvk;
    }
}
