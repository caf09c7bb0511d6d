package dev.mtc.engine.testing;

import dev.mtc.engine.testing.ResourceType.Column;
import java.util.List;
import java.util.Map;

/** What tables of the built-in kinds show between name and age; a path that ends in ':' is computed. */
final class BuiltInColumns {

    private static final Map<String, List<Column>> COLUMNS = Map.ofEntries(
            Map.entry("namespaces", List.of(text("Status", ".status.phase"))),
            Map.entry("nodes", List.of(text("Status", "ready:"), text("Version", ".status.nodeInfo.kubeletVersion"))),
            Map.entry(
                    "pods",
                    List.of(
                            text("Ready", "containers:"),
                            text("Status", "podStatus:"),
                            text("Restarts", "restarts:"),
                            wide("IP", ".status.podIP"),
                            wide("Node", ".spec.nodeName"))),
            Map.entry(
                    "services",
                    List.of(
                            text("Type", ".spec.type"),
                            text("Cluster-IP", ".spec.clusterIP"),
                            text("External-IP", ".spec.externalName"),
                            text("Port(s)", "ports:"))),
            Map.entry("configmaps", List.of(text("Data", "data:"))),
            Map.entry("secrets", List.of(text("Type", ".type"), text("Data", "data:"))),
            Map.entry("serviceaccounts", List.of(text("Secrets", "secrets:"))),
            Map.entry(
                    "persistentvolumeclaims",
                    List.of(
                            text("Status", ".status.phase"),
                            text("Volume", ".spec.volumeName"),
                            text("Capacity", ".status.capacity.storage"),
                            text("Access Modes", "accessModes:"),
                            text("StorageClass", ".spec.storageClassName"))),
            Map.entry(
                    "persistentvolumes",
                    List.of(
                            text("Capacity", ".spec.capacity.storage"),
                            text("Access Modes", "accessModes:"),
                            text("Reclaim Policy", ".spec.persistentVolumeReclaimPolicy"),
                            text("Status", ".status.phase"),
                            text("Claim", "claim:"),
                            text("StorageClass", ".spec.storageClassName"))),
            Map.entry(
                    "deployments",
                    List.of(
                            text("Ready", "ready/replicas:"),
                            number("Up-to-date", ".status.updatedReplicas"),
                            number("Available", ".status.availableReplicas"))),
            Map.entry(
                    "replicasets",
                    List.of(
                            number("Desired", ".spec.replicas"),
                            number("Current", ".status.replicas"),
                            number("Ready", ".status.readyReplicas"))),
            Map.entry(
                    "replicationcontrollers",
                    List.of(
                            number("Desired", ".spec.replicas"),
                            number("Current", ".status.replicas"),
                            number("Ready", ".status.readyReplicas"))),
            Map.entry("statefulsets", List.of(text("Ready", "ready/replicas:"))),
            Map.entry(
                    "daemonsets",
                    List.of(
                            number("Desired", ".status.desiredNumberScheduled"),
                            number("Current", ".status.currentNumberScheduled"),
                            number("Ready", ".status.numberReady"))),
            Map.entry("jobs", List.of(text("Completions", "completions:"))),
            Map.entry("cronjobs", List.of(text("Schedule", ".spec.schedule"), text("Suspend", ".spec.suspend"))),
            Map.entry(
                    "storageclasses",
                    List.of(
                            text("Provisioner", ".provisioner"),
                            text("ReclaimPolicy", ".reclaimPolicy"),
                            text("VolumeBindingMode", ".volumeBindingMode"))),
            Map.entry(
                    "events",
                    List.of(
                            text("Type", ".type"),
                            text("Reason", ".reason"),
                            text("Object", ".involvedObject.name"),
                            text("Message", ".message"))));

    private BuiltInColumns() {}

    static List<Column> of(ResourceType type) {
        return COLUMNS.getOrDefault(type.plural(), List.of());
    }

    private static Column text(String name, String path) {
        return new Column(name, "string", path, 0);
    }

    private static Column wide(String name, String path) {
        return new Column(name, "string", path, 1);
    }

    private static Column number(String name, String path) {
        return new Column(name, "integer", path, 0);
    }
}
