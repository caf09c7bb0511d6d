package dev.mtc.api;

import java.util.Map;

/** The reasons of those of MTC's condition types that have just one. MTC's conditions reference. */
final class ConditionReasons {

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("TestConnectFailed", "ConnectFailed"),
            Map.entry("SaTokenNotPrivileged", "Unauthorized"),
            Map.entry("InvalidRegistryRoute", "RouteTestFailed"),
            Map.entry("InvalidBackupStorageSettings", "NotSupported"),
            Map.entry("BackupStorageProviderTestFailed", "TestFailed"),
            Map.entry("SourceClusterNoRegistryPath", "NotSet"),
            Map.entry("DestinationClusterNoRegistryPath", "NotSet"),
            Map.entry("NamespaceListEmpty", "NotFound"),
            Map.entry("NamespaceLimitExceeded", "LimitExceeded"),
            Map.entry("NamespaceNotDNSCompliant", "NotDNSCompliant"),
            Map.entry("NamespacesHaveNodeSelectors", "NodeSelectorsDetected"),
            Map.entry("DuplicateNamespaceOnSourceCluster", "DuplicateNamespaces"),
            Map.entry("DuplicateNamespaceOnDestinationCluster", "DuplicateNamespaces"),
            Map.entry("NamespaceNotFoundOnSourceCluster", "NotFound"),
            Map.entry("NamespaceNotFoundOnDestinationCluster", "NotFound"),
            Map.entry("PodLimitExceeded", "LimitExceeded"),
            Map.entry("PvLimitExceeded", "LimitExceeded"),
            Map.entry("PlanConflict", "Conflict"),
            Map.entry("SourcePodsNotHealthy", "NotHealthy"),
            Map.entry("InvalidHookRef", "NotFound"),
            Map.entry("InvalidImage", "NotSet"),
            Map.entry("InvalidTarget", "NotSet"),
            Map.entry("InvalidPlaybookData", "NotSet"),
            Map.entry("InvalidCustomHook", "NotSet"),
            Map.entry("InvalidAnsibleHook", "NotSet"),
            Map.entry("InvalidHookSAName", "NotSet"),
            Map.entry("InvalidHookNSName", "NotSet"),
            Map.entry("PvInvalidAction", "NotDone"),
            Map.entry("PvInvalidStorageClass", "NotDone"),
            Map.entry("PvNoStorageClassSelection", "NotFound"),
            Map.entry("ConflictingPVCMappings", "PvNameConflict"),
            Map.entry("UnhealthyNamespaces", "ErrorsDetected"));

    private ConditionReasons() {}

    /** {@return the one reason of a condition type, empty if it has none or several} */
    static String of(String type) {
        return BY_TYPE.getOrDefault(type, "");
    }
}
