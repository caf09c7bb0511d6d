package dev.mtc.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a builder collects; frozen once it belongs to a plan. */
final class PlanDraft {
    /** How many captures stay in the repository if nothing is said. */
    static final int CAPTURES_KEPT = 5;

    final String name;

    @Nullable
    Cluster from;

    @Nullable
    Cluster to;

    @Nullable
    Storage via;

    List<NamespaceMapping> namespaces = new ArrayList<>();

    @Nullable
    String labelSelector;

    List<String> includedResources = new ArrayList<>();
    List<String> excludedResources = new ArrayList<>();
    VolumeChoice volumeRule = VolumeChoice.copy();
    Map<String, VolumeChoice> volumeExceptions = new LinkedHashMap<>();
    Route volumeRoute = Route.DIRECT;
    EndpointChoice volumeEndpoint = EndpointChoice.AUTO;

    @Nullable
    String volumeBandwidth;

    Route imageRoute = Route.DIRECT;
    ImageChoice images = ImageChoice.copy();
    List<ImageRule> imageRules = new ArrayList<>();
    List<Registry> registries = new ArrayList<>();
    List<PlannedHook> hooks = new ArrayList<>();
    List<Transform> transforms = new ArrayList<>();
    ExistingPolicy existing = ExistingPolicy.FAIL;
    boolean serviceHostsRewritten;
    boolean deploymentConfigsConverted;
    Set<ClusterScoped> clusterScoped = EnumSet.noneOf(ClusterScoped.class);
    ClusterScopedPolicy existingClusterScoped = ClusterScopedPolicy.SKIP;
    List<String> statusResources = new ArrayList<>();
    int capturesKept = CAPTURES_KEPT;

    @Nullable
    String reverses;

    PlanDraft(String name) {
        this.name = name;
    }

    PlanDraft copy() {
        PlanDraft copy = new PlanDraft(name);
        copy.from = from;
        copy.to = to;
        copy.via = via;
        copy.namespaces = List.copyOf(namespaces);
        copy.labelSelector = labelSelector;
        copy.includedResources = List.copyOf(includedResources);
        copy.excludedResources = List.copyOf(excludedResources);
        copy.volumeRule = volumeRule;
        copy.volumeExceptions = Collections.unmodifiableMap(new LinkedHashMap<>(volumeExceptions));
        copy.volumeRoute = volumeRoute;
        copy.volumeEndpoint = volumeEndpoint;
        copy.volumeBandwidth = volumeBandwidth;
        copy.imageRoute = imageRoute;
        copy.images = images;
        copy.imageRules = List.copyOf(imageRules);
        copy.registries = List.copyOf(registries);
        copy.hooks = List.copyOf(hooks);
        copy.transforms = List.copyOf(transforms);
        copy.existing = existing;
        copy.serviceHostsRewritten = serviceHostsRewritten;
        copy.deploymentConfigsConverted = deploymentConfigsConverted;
        copy.clusterScoped = Collections.unmodifiableSet(EnumSet.copyOf(clusterScoped));
        copy.existingClusterScoped = existingClusterScoped;
        copy.statusResources = List.copyOf(statusResources);
        copy.capturesKept = capturesKept;
        copy.reverses = reverses;
        return copy;
    }
}
