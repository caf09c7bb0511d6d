package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * How to run a plan. MTC's CRD reference, MigMigration spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "migPlanRef",
    "stage",
    "migrateState",
    "quiescePods",
    "keepAnnotations",
    "verify",
    "canceled",
    "rollback",
    "runAsRoot",
    "runAsUser",
    "runAsGroup"
})
public final class MigMigrationSpec extends WireObject {

    @JsonProperty("migPlanRef")
    @JsonPropertyDescription("MigPlan to run.")
    private @Nullable ObjectReference migPlanRef;

    @JsonProperty(value = "stage", required = true)
    @JsonPropertyDescription("Whether only data is copied, as often as wanted, before the cutover.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private boolean stage;

    @JsonProperty("migrateState")
    @JsonPropertyDescription("Whether only volumes are migrated, or their storage class converted.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean migrateState;

    @JsonProperty("quiescePods")
    @JsonPropertyDescription("Whether the applications are scaled down on the source before volumes are copied.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean quiescePods;

    @JsonProperty("keepAnnotations")
    @JsonPropertyDescription("Whether labels and annotations of the migration stay on the objects.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean keepAnnotations;

    @JsonProperty("verify")
    @JsonPropertyDescription("Whether to wait until the migrated pods are healthy.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean verify;

    @JsonProperty("canceled")
    @JsonPropertyDescription("Set on a running migration to cancel it.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean canceled;

    @JsonProperty("rollback")
    @JsonPropertyDescription("Whether to undo what earlier migrations of the plan did.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean rollback;

    @JsonProperty("runAsRoot")
    @JsonPropertyDescription("Whether volume copies run as root; what the cluster is set to if absent.")
    private @Nullable Boolean runAsRoot;

    @JsonProperty("runAsUser")
    @JsonPropertyDescription("User id of volume copies that do not run as root.")
    private @Nullable Long runAsUser;

    @JsonProperty("runAsGroup")
    @JsonPropertyDescription("Group id of volume copies that do not run as root.")
    private @Nullable Long runAsGroup;

    public @Nullable ObjectReference getMigPlanRef() {
        return migPlanRef;
    }

    public void setMigPlanRef(@Nullable ObjectReference migPlanRef) {
        this.migPlanRef = migPlanRef;
    }

    public boolean isStage() {
        return stage;
    }

    public void setStage(boolean stage) {
        this.stage = stage;
    }

    public boolean isMigrateState() {
        return migrateState;
    }

    public void setMigrateState(boolean migrateState) {
        this.migrateState = migrateState;
    }

    public boolean isQuiescePods() {
        return quiescePods;
    }

    public void setQuiescePods(boolean quiescePods) {
        this.quiescePods = quiescePods;
    }

    public boolean isKeepAnnotations() {
        return keepAnnotations;
    }

    public void setKeepAnnotations(boolean keepAnnotations) {
        this.keepAnnotations = keepAnnotations;
    }

    public boolean isVerify() {
        return verify;
    }

    public void setVerify(boolean verify) {
        this.verify = verify;
    }

    public boolean isCanceled() {
        return canceled;
    }

    public void setCanceled(boolean canceled) {
        this.canceled = canceled;
    }

    public boolean isRollback() {
        return rollback;
    }

    public void setRollback(boolean rollback) {
        this.rollback = rollback;
    }

    public @Nullable Boolean getRunAsRoot() {
        return runAsRoot;
    }

    public void setRunAsRoot(@Nullable Boolean runAsRoot) {
        this.runAsRoot = runAsRoot;
    }

    public @Nullable Long getRunAsUser() {
        return runAsUser;
    }

    public void setRunAsUser(@Nullable Long runAsUser) {
        this.runAsUser = runAsUser;
    }

    public @Nullable Long getRunAsGroup() {
        return runAsGroup;
    }

    public void setRunAsGroup(@Nullable Long runAsGroup) {
        this.runAsGroup = runAsGroup;
    }
}
