package dev.mtc.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be told to be wrong with a plan without asking a cluster. */
final class PlanRules {

    private final List<Problem> problems = new ArrayList<>();
    private final Plan plan;

    private PlanRules(Plan plan) {
        this.plan = plan;
    }

    static List<Problem> problems(Plan plan, @Nullable Cluster from, @Nullable Cluster to) {
        PlanRules rules = new PlanRules(plan);
        rules.name();
        rules.clusters(from, to);
        rules.namespaces();
        rules.labelSelector();
        rules.resources();
        rules.volumes();
        rules.claimNames();
        rules.repository();
        rules.conversion(from, to);
        rules.volumeEndpoint();
        rules.volumeBandwidth();
        rules.hooks();
        rules.transforms();
        rules.images();
        rules.captures();
        return rules.problems;
    }

    private void captures() {
        if (plan.capturesKept() < 1) {
            wrong(
                    "captures",
                    "InvalidCaptures",
                    plan.capturesKept() + " captures would be kept",
                    "keep at least 1, which a run needs while it goes on");
        }
    }

    private void images() {
        Map<String, String> targets = new HashMap<>();
        for (ImageRule rule : plan.imageRules()) {
            String other = targets.putIfAbsent(rule.from(), rule.to());
            if (other != null && !other.equals(rule.to())) {
                wrong(
                        "imageRules[" + rule.from() + "]",
                        "InvalidImageRule",
                        "its images would go to " + other + " and to " + rule.to(),
                        "keep one of the two");
            }
            if (!rule.to().contains("/")) {
                wrong(
                        "imageRules[" + rule.from() + "]",
                        "InvalidImageRule",
                        "'" + rule.to() + "' names a registry but no repository in it",
                        "write host/path, for example " + rule.to() + "/mirror");
            }
        }
        Set<String> hosts = new HashSet<>();
        for (Registry registry : plan.registries()) {
            if (!hosts.add(registry.host())) {
                wrong(
                        "registries[" + registry.host() + "]",
                        "InvalidRegistry",
                        "the registry is given twice",
                        "give it once, with its login");
            }
        }
    }

    private void wrong(String where, String code, String message, String fix) {
        problems.add(Problem.critical(where, code, message, fix));
    }

    private void notSet(String where, String code, String message, String fix) {
        problems.add(Problem.critical(where, code, message, fix).because("NotSet"));
    }

    private void name() {
        if (!Names.isLabel(plan.name())) {
            wrong(
                    "name",
                    "InvalidName",
                    "'" + plan.name() + "' is not an RFC 1123 label",
                    "use at most 63 lower-case letters, digits and inner '-', because it becomes a label value");
        }
    }

    private void clusters(@Nullable Cluster from, @Nullable Cluster to) {
        if (from == null) {
            notSet("from", "InvalidSourceClusterRef", "no source cluster is set", "call from(cluster)");
        }
        if (to == null) {
            notSet("to", "InvalidDestinationClusterRef", "no target cluster is set", "call to(cluster)");
        }
        if (from != null && to != null && !from.equals(to) && from.name().equals(to.name())) {
            wrong(
                    "to",
                    "InvalidDestinationClusterRef",
                    "source and target are both named '" + to.name() + "'",
                    "give one of them another name with named(…), or give the same cluster twice to convert storage"
                            + " classes in it");
        }
    }

    private void namespaces() {
        if (plan.namespaces().isEmpty()) {
            wrong("namespaces", "NamespaceListEmpty", "no namespace is set", "call namespace(name)");
        }
        Set<String> sources = new HashSet<>();
        Set<String> targets = new HashSet<>();
        for (NamespaceMapping mapping : plan.namespaces()) {
            String where = "namespaces[" + mapping + "]";
            for (String name : new LinkedHashSet<>(List.of(mapping.source(), mapping.target()))) {
                if (!Names.isLabel(name)) {
                    wrong(
                            where,
                            "NamespaceNotDNSCompliant",
                            "'" + name + "' is not an RFC 1123 label",
                            "use at most 63 lower-case letters, digits and inner '-'");
                }
            }
            boolean isNew = sources.add(mapping.source());
            if (!isNew) {
                wrong(
                        where,
                        "DuplicateNamespaceOnSourceCluster",
                        "'" + mapping.source() + "' is listed twice",
                        "list each namespace once");
            }
            if (!targets.add(mapping.target()) && isNew) {
                wrong(
                        where,
                        "DuplicateNamespaceOnDestinationCluster",
                        "two namespaces would become '" + mapping.target() + "'",
                        "map them to different names");
            }
        }
    }

    private void labelSelector() {
        plan.labelSelector().ifPresent(selector -> {
            try {
                LabelSelectors.parse(selector);
            } catch (IllegalArgumentException e) {
                wrong(
                        "labelSelector",
                        "InvalidLabelSelector",
                        "'" + selector + "' is not a label selector: " + e.getMessage(),
                        "write it as for kubectl -l, for example app in (web,api),tier=front,!canary");
            }
        });
    }

    private void resources() {
        plan.includedResources().forEach(name -> resource("includedResources", name));
        plan.excludedResources().forEach(name -> resource("excludedResources", name));
    }

    private void resource(String field, String name) {
        if (!Names.isSubdomain(name)) {
            wrong(
                    field + "[" + name + "]",
                    "InvalidResourceName",
                    "'" + name + "' is not a plural resource name",
                    "write it as kubectl api-resources does, with the group: deployments.apps, services");
        }
    }

    private void claimNames() {
        Map<String, String> renamed = new HashMap<>();
        plan.volumeExceptions().forEach((claim, choice) -> {
            if (choice instanceof VolumeChoice.Copy copy && copy.targetName().isPresent()) {
                String target =
                        claim.replaceFirst("/.*", "/") + copy.targetName().get();
                String other = renamed.putIfAbsent(target, claim);
                if (other != null) {
                    wrong(
                            "volumes[" + claim + "]",
                            "ConflictingPVCMappings",
                            "'" + other + "' is renamed to '"
                                    + copy.targetName().get() + "' too",
                            "rename them to different names");
                }
            }
        });
    }

    private void volumes() {
        Set<String> sources = new HashSet<>();
        plan.namespaces().forEach(mapping -> sources.add(mapping.source()));
        plan.volumeExceptions().forEach((claim, choice) -> {
            String[] parts = claim.split("/", -1);
            if (parts.length != 2 || parts[1].isEmpty()) {
                wrong(
                        "volumes[" + claim + "]",
                        "InvalidPVCs",
                        "'" + claim + "' does not name a claim",
                        "write namespace/claim");
            } else if (!sources.contains(parts[0])) {
                wrong(
                        "volumes[" + claim + "]",
                        "InvalidPVCs",
                        "namespace '" + parts[0] + "' is not in the plan",
                        "use one of the plan's source namespaces " + sources);
            }
        });
        if (plan.volumeRule() instanceof VolumeChoice.Copy copy
                && copy.targetName().isPresent()) {
            wrong(
                    "volumes",
                    "ConflictingPVCMappings",
                    "the rule for all volumes renames them to '"
                            + copy.targetName().get() + "'",
                    "rename single volumes with volume(\"namespace/claim\", copy().rename(…))");
        }
    }

    private void repository() {
        if (plan.via().isEmpty() && (plan.volumeRoute() == Route.INDIRECT || plan.imageRoute() == Route.INDIRECT)) {
            notSet(
                    "via",
                    "InvalidStorageRef",
                    "the plan is indirect but has no repository",
                    "call via(storage), or directVolumes() and directImages()");
        }
    }

    /** Claims that are copied beside themselves are in reach of each other. */
    private void conversion(@Nullable Cluster from, @Nullable Cluster to) {
        boolean isOne = from != null && from.equals(to);
        if (isOne && plan.volumeRoute() == Route.INDIRECT) {
            problems.add(Problem.critical(
                            "volumes",
                            "IntraClusterMigration",
                            "source and target are one cluster, where volumes cannot go through the repository",
                            "call directVolumes()")
                    .because("NamespaceMigrationPlan"));
        }
    }

    private void volumeEndpoint() {
        if (plan.volumeRoute() == Route.INDIRECT && plan.volumeEndpoint() != EndpointChoice.AUTO) {
            wrong(
                    "volumeEndpoint",
                    "InvalidVolumeEndpoint",
                    plan.volumeEndpoint() + " is asked for, but volumes go through the repository, not to an endpoint",
                    "call directVolumes(), or leave volumeEndpoint(…) out");
        }
    }

    private void volumeBandwidth() {
        if (plan.volumeRoute() == Route.INDIRECT && plan.volumeBandwidth().isPresent()) {
            wrong(
                    "volumeBandwidth",
                    "InvalidVolumeBandwidth",
                    plan.volumeBandwidth().get()
                            + " is asked for, but volumes go through the repository, where no limit is kept",
                    "call directVolumes(), or leave volumeBandwidth(…) out");
        }
    }

    private void hooks() {
        Map<HookPoint, Integer> counts = new EnumMap<>(HookPoint.class);
        plan.hooks().forEach(planned -> counts.merge(planned.point(), 1, Integer::sum));
        counts.forEach((point, count) -> {
            if (count > 1) {
                wrong(
                        "hooks[" + point.wireName() + "]",
                        "HookPhaseDuplicate",
                        count + " hooks are set for " + point.wireName(),
                        "set one for each phase, as MTC allows, and let it do both things");
            }
        });
    }

    private void transforms() {
        Set<String> sources = new LinkedHashSet<>();
        plan.namespaces().forEach(mapping -> sources.add(mapping.source()));
        for (Transform transform : plan.transforms()) {
            String where = "transforms[" + transform.name() + "]";
            transform.faults().forEach(fault -> wrong(where, "InvalidTransform", fault, "correct the transform"));
            transform.scope().resources().forEach(name -> resource(where, name));
            for (String namespace : transform.scope().namespaces()) {
                if (!sources.contains(namespace)) {
                    wrong(
                            where,
                            "InvalidTransform",
                            "namespace '" + namespace + "' is not in the plan",
                            "use one of the plan's source namespaces " + sources);
                }
            }
        }
    }
}
