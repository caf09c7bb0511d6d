package dev.mtc.engine.internal.transfer;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigrationStatus;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.api.model.v1alpha1.PodProgress;
import dev.mtc.api.model.v1alpha1.RsyncOperation;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What rows of volumes come to in the status of a DirectVolumeMigration (MTC specification 1.9, 2.6, 8.10). */
final class VolumeStatus {

    private VolumeStatus() {}

    static void write(DirectVolumeMigration dvm, TransferTable table, Clock clock) {
        List<TransferRow> rows = table.rows();
        ChildStatus common = ChildStatus.of(rows, "RunRsyncOperations", "DeleteRsyncResources");
        DirectVolumeMigrationStatus status = dvm.getStatus();
        status.setObservedDigest(ObservedDigest.of(dvm.getSpec()));
        status.setStartTimestamp(ChildStatus.since(status.getStartTimestamp(), clock));
        status.setPhase(common.phase());
        status.setPhaseDescription(
                switch (common.phase()) {
                    case "RunRsyncOperations" -> "Copying volumes";
                    case "DeleteRsyncResources" -> "Removing the helpers of copied volumes";
                    default -> "Completed";
                });
        status.setItinerary(common.hasFailed() ? "VolumeMigrationFailed" : "VolumeMigration");
        status.setErrors(common.errors());
        List<TransferRow> running = common.in(State.RUNNING);
        status.setUnknownPods(pods(common.in(State.PENDING), table));
        // Only what waits says for what.
        status.setPendingPods(
                pods(running.stream().filter(row -> !row.detail().isEmpty()).toList(), table));
        status.setRunningPods(
                pods(running.stream().filter(row -> row.detail().isEmpty()).toList(), table));
        status.setSuccessfulPods(pods(common.in(State.MOVED, State.DONE), table));
        status.setFailedPods(pods(common.in(State.FAILED, State.STOPPED), table));
        status.setRsyncOperations(rows.stream()
                .filter(row -> row.state() != State.SKIPPED)
                .map(VolumeStatus::operation)
                .toList());
        status.setSkippedVolumes(
                common.in(State.SKIPPED).stream().map(TransferRow::source).toList());
        common.conditions(status, Category.CRITICAL, clock);
    }

    private static List<PodProgress> pods(List<TransferRow> rows, TransferTable table) {
        return rows.stream().map(row -> pod(row, table)).toList();
    }

    private static PodProgress pod(TransferRow row, TransferTable table) {
        PodProgress pod = new PodProgress();
        pod.setNamespace(claim(row).getNamespace());
        pod.setName(row.work().pod());
        pod.setPvcRef(claim(row));
        pod.setLastObservedProgressPercent(percent(row, table));
        pod.setLastObservedTransferRate(table.rate(row).orElse(null));
        pod.setTotalElapsedTime(table.took(row).orElse(null));
        return pod;
    }

    private static @Nullable String percent(TransferRow row, TransferTable table) {
        if (row.state() == State.MOVED || row.state() == State.DONE) {
            return "100%";
        }
        OptionalLong percent = table.percent(row);
        return percent.isEmpty() ? null : percent.getAsLong() + "%";
    }

    private static RsyncOperation operation(TransferRow row) {
        RsyncOperation operation = new RsyncOperation();
        operation.setPvcReference(claim(row));
        operation.setCurrentAttempt(row.work().attempt());
        operation.setSucceeded(row.state() == State.MOVED || row.state() == State.DONE);
        operation.setFailed(row.isLost());
        return operation;
    }

    private static ObjectReference claim(TransferRow row) {
        ClaimRef claim = VolumeTransfers.claim(row.source());
        return new ObjectReferenceBuilder()
                .withNamespace(claim.namespace())
                .withName(claim.name())
                .build();
    }
}
