package dev.mtc.engine.internal.transfer;

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
import org.jspecify.annotations.Nullable;

/** What rows of volumes come to in the status of a DirectVolumeMigration (MTC specification 1.9, 2.6, 8.10). */
final class VolumeStatus {

    private VolumeStatus() {}

    static void write(DirectVolumeMigration dvm, List<TransferRow> rows, Clock clock) {
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
        status.setUnknownPods(pods(common.in(State.PENDING), null));
        status.setPendingPods(pods(
                common.in(State.RUNNING).stream()
                        .filter(row -> !row.detail().isEmpty())
                        .toList(),
                null));
        status.setRunningPods(pods(
                common.in(State.RUNNING).stream()
                        .filter(row -> row.detail().isEmpty())
                        .toList(),
                null));
        status.setSuccessfulPods(pods(common.in(State.MOVED, State.DONE), "100%"));
        status.setFailedPods(pods(common.in(State.FAILED, State.STOPPED), null));
        status.setRsyncOperations(rows.stream()
                .filter(row -> row.state() != State.SKIPPED)
                .map(VolumeStatus::operation)
                .toList());
        status.setSkippedVolumes(
                common.in(State.SKIPPED).stream().map(TransferRow::source).toList());
        common.conditions(status, clock);
    }

    private static List<PodProgress> pods(List<TransferRow> rows, @Nullable String percent) {
        return rows.stream()
                .map(row -> {
                    PodProgress pod = new PodProgress();
                    pod.setNamespace(claim(row).getNamespace());
                    pod.setPvcRef(claim(row));
                    pod.setLastObservedProgressPercent(percent);
                    return pod;
                })
                .toList();
    }

    private static RsyncOperation operation(TransferRow row) {
        RsyncOperation operation = new RsyncOperation();
        operation.setPvcReference(claim(row));
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
