package dev.mtc.api.model.v1alpha1;

import java.util.HashMap;
import java.util.Map;

/** What to do about conditions of a type, whatever their message: also of those that were read from a cluster. */
final class ConditionRemedies {

    private static final String CORRECT_CLUSTER = "see what the conditions of the MigCluster ask for";
    private static final String CORRECT_VOLUME =
            "select otherwise for the volume in spec.persistentVolumes, or skip it with selection.action";
    private static final String RENAME = "rename namespaces so that each has a name of its own on the target";
    private static final String GIVE_REGISTRY = "set exposedRegistryPath of the MigCluster, or indirectImageMigration";
    private static final String SPLIT = "split the plan, or raise the limit";

    private static final Map<String, String> BY_TYPE = new HashMap<>();

    static {
        clusters();
        storagesAndHooks();
        plans();
        volumes();
        migrations();
        ofOurOwn();
    }

    private ConditionRemedies() {}

    private static void put(String remedy, String... types) {
        for (String type : types) {
            BY_TYPE.put(type, remedy);
        }
    }

    private static void clusters() {
        put("set url to the https address of the API server", "InvalidURL");
        put("create the Secret with a key saToken, and name it in serviceAccountSecretRef", "InvalidSaSecretRef");
        put("put a token that the API server accepts below the key saToken of the Secret", "InvalidSaToken");
        put("check the address, the CA bundle and the network", "TestConnectFailed");
        put("grant the account what the plans need", "SaTokenNotPrivileged");
        put("correct exposedRegistryPath, or let the account read from the registry", "InvalidRegistryRoute");
    }

    private static void storagesAndHooks() {
        put("choose one of the supported providers", "InvalidBackupStorageProvider");
        put("create the Secret with the keys of the storage, and name it", "InvalidBackupStorageCredsSecretRef");
        put("correct the fields that the message names", "InvalidBackupStorageSettings");
        put("make the bucket, and let the account write, read and delete there", "BackupStorageProviderTestFailed");
        put("correct spec.image of the MigHook", "InvalidImage");
        put("set spec.targetCluster of the MigHook to source or destination", "InvalidTarget");
        put("encode the playbook with base64", "InvalidPlaybookData");
        put("remove the playbook, or set custom to false", "InvalidCustomHook");
        put("add the playbook, or set custom to true", "InvalidAnsibleHook");
        put("create the MigHook, or correct the reference", "InvalidHookRef");
        put("see what the conditions of the MigHook ask for", "HookNotReady");
        put("name a service account that is in the hook's namespace", "InvalidHookSAName");
        put("name a namespace that is on the hook's cluster", "InvalidHookNSName");
        put("choose PreBackup, PostBackup, PreRestore or PostRestore", "HookPhaseUnknown");
        put("give each phase one hook at most", "HookPhaseDuplicate");
    }

    private static void plans() {
        put(
                "create the MigCluster, or correct the reference",
                "InvalidSourceClusterRef",
                "InvalidDestinationClusterRef");
        put(CORRECT_CLUSTER, "SourceClusterNotReady", "DestinationClusterNotReady");
        put(GIVE_REGISTRY, "SourceClusterNoRegistryPath", "DestinationClusterNoRegistryPath");
        put("map every namespace to another name, or choose another target cluster", "IntraClusterMigration");
        put("create the MigStorage, or correct the reference", "InvalidStorageRef");
        put("see what the conditions of the MigStorage ask for", "StorageNotReady");
        put("list the namespaces to migrate", "NamespaceListEmpty");
        put(SPLIT, "NamespaceLimitExceeded", "PodLimitExceeded", "PvLimitExceeded");
        put("choose names of lower case letters, digits and hyphens", "NamespaceNotDNSCompliant");
        put("label nodes of the target so, or take the node selectors away", "NamespacesHaveNodeSelectors");
        put("list each namespace once", "DuplicateNamespaceOnSourceCluster");
        put(RENAME, "DuplicateNamespaceOnDestinationCluster");
        put("correct the name", "NamespaceNotFoundOnSourceCluster");
        put("make it, or let the account make namespaces", "NamespaceNotFoundOnDestinationCluster");
        put("close the other plans, or take the namespaces out of one", "PlanConflict");
        put("mend or delete the pods", "SourcePodsNotHealthy");
        put("correct the kinds in includedResources", "InvalidResourceList");
        put("install on the target what serves these kinds, or exclude them", "GVKsIncompatible");
        put("see the log of the controller", Conditions.RECONCILE_FAILED);
    }

    private static void volumes() {
        put(
                CORRECT_VOLUME,
                "PvInvalidAction",
                "PvInvalidAccessMode",
                "PvInvalidCopyMethod",
                "PvWarnCopyMethodSnapshot");
        put("set selection.storageClass to one of the target's", "PvInvalidStorageClass", "PvNoStorageClassSelection");
        put("choose another storage class for some volume", "StorageClassConversionUnavailable");
        put("give the copy of the claim another name", "PvNameConflict");
        put("choose another storage class or access mode", "PvWarnAccessModeUnavailable");
    }

    /** Types that MTC does not have. */
    private static void ofOurOwn() {
        put(
                "give the account the roles that requiredRoles() of the plan lists",
                "PermissionMissing",
                "ResourceNotReadable");
        put("give the account the right to make Jobs there, or choose another namespace", "HookNotPermitted");
        put("name claims that the source has, each once", "InvalidPVCs");
        put("choose another storage class, or make a PersistentVolume by hand", "PvCannotBind");
        put("delete the claim of the target, rename the copy, or let it be updated", "PvcConflict");
        put("stop the pods of the target that use the claim", "PvcInUse");
        put("cut the plan over first whose way back this is", "NotHandedOver");
        put("wait until the namespace is gone, or use another name", "NamespaceTerminating");
        put("correct the name of the field, or remove it", "UnknownField");
    }

    private static void migrations() {
        put("create the MigPlan, or correct migPlanRef", "InvalidPlanRef");
        put("see what the conditions of the MigPlan ask for", "PlanNotReady");
        put("make a new plan", "PlanClosed");
        put("choose flags that go together and suit the plan", "InvalidSpec");
        put("map the claims to different names", "ConflictingPVCMappings");
        put("roll the final migration back first, or make a new plan", "HasFinalMigration");
        put("wait for the migrations of the plan that go first", "Postponed");
        put("go on with the final migration", "StageNoOp");
        put("look at the events and logs of these workloads, or roll back", "UnhealthyNamespaces");
        put("remove the cause that status.errors names and migrate again, or roll back", "Failed");
        put("look at the conditions of category Warn", "SucceededWithWarnings");
    }

    /** {@return what to do about conditions of a type, empty if there is nothing to do or the type is none of MTC's} */
    static String of(String type) {
        return BY_TYPE.getOrDefault(type, "");
    }
}
