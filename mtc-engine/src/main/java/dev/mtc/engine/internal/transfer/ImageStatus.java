package dev.mtc.engine.internal.transfer;

import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageMigrationStatus;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import java.time.Clock;
import java.util.List;

/**
 * What rows of images come to in the status of a DirectImageMigration (MTC specification 1.8, 2.7). Its lists of ImageStreams
 * stay empty: what is copied are images, found in pod templates too, each of which has its row.
 */
final class ImageStatus {

    private ImageStatus() {}

    static void write(DirectImageMigration dim, List<TransferRow> rows, Clock clock) {
        String waiting = "WaitingForDirectImageStreamMigrationsToComplete";
        ChildStatus common = ChildStatus.of(rows, waiting, waiting);
        DirectImageMigrationStatus status = dim.getStatus();
        status.setObservedDigest(ObservedDigest.of(dim.getSpec()));
        status.setStartTimestamp(ChildStatus.since(status.getStartTimestamp(), clock));
        status.setPhase(common.phase());
        // The name that MTC has on the wire.
        status.setItinerary(common.hasFailed() ? "Failed" : "PVC");
        status.setErrors(common.errors());
        common.conditions(status, clock);
    }
}
