package dev.mtc.engine.internal.objects;

import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** In which order kinds are applied: what others need comes first, what nobody knows comes last. */
final class ApplyOrder {

    private static final List<Set<String>> WAVES = List.of(
            Set.of("namespaces"),
            Set.of(
                    "customresourcedefinitions.apiextensions.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "priorityclasses.scheduling.k8s.io",
                    "storageclasses.storage.k8s.io",
                    "securitycontextconstraints.security.openshift.io"),
            Set.of("limitranges", "resourcequotas", "networkpolicies.networking.k8s.io"),
            Set.of("serviceaccounts", "roles.rbac.authorization.k8s.io"),
            Set.of("rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io"),
            Set.of("secrets", "configmaps", "imagestreams.image.openshift.io"),
            Set.of("persistentvolumes", "persistentvolumeclaims"),
            Set.of("services", "endpoints", "endpointslices.discovery.k8s.io"),
            Set.of(
                    "podtemplates",
                    "pods",
                    "replicationcontrollers",
                    "replicasets.apps",
                    "deployments.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "jobs.batch",
                    "cronjobs.batch",
                    "deploymentconfigs.apps.openshift.io",
                    "buildconfigs.build.openshift.io"),
            Set.of("horizontalpodautoscalers.autoscaling", "poddisruptionbudgets.policy"),
            Set.of("ingresses.networking.k8s.io", "routes.route.openshift.io"));

    private static final Map<String, Integer> WAVE_OF = IntStream.range(0, WAVES.size())
            .boxed()
            .flatMap(wave -> WAVES.get(wave).stream().map(resource -> Map.entry(resource, wave)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ApplyOrder() {}

    /** {@return the wave of a kind, the last but one if it is in no table; webhooks, which may refuse anything, are the last} */
    static int wave(String resource) {
        int unknown = WAVES.size();
        return CompanionKinds.WEBHOOKS.contains(resource) ? unknown + 1 : WAVE_OF.getOrDefault(resource, unknown);
    }
}
