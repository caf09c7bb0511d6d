package dev.mtc.engine.internal.transfer;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageMigrationStatus;
import dev.mtc.api.model.v1alpha1.ImageStreamListItem;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/**
 * What rows of images come to in the status of a DirectImageMigration (MTC specification 1.8, 2.7). Its lists have the
 * ImageStreams; images that are in none, which MTC does not copy, are in the rows only.
 */
final class ImageStatus {

    private ImageStatus() {}

    static void write(DirectImageMigration dim, TransferTable table, Clock clock) {
        String waiting = "WaitingForDirectImageStreamMigrationsToComplete";
        ChildStatus common = ChildStatus.of(table.rows(), waiting, waiting);
        DirectImageMigrationStatus status = dim.getStatus();
        status.setObservedDigest(ObservedDigest.of(dim.getSpec()));
        status.setStartTimestamp(ChildStatus.since(status.getStartTimestamp(), clock));
        status.setPhase(common.phase());
        // The name that MTC has on the wire.
        status.setItinerary(common.hasFailed() ? "Failed" : "PVC");
        status.setErrors(common.errors());
        Predicate<ImageGroup> failed = stream -> stream.rows().stream().anyMatch(TransferRow::isLost);
        Predicate<ImageGroup> arrived = stream -> stream.rows().stream().allMatch(TransferRow::hasArrived);
        List<String> namespaces = dim.getSpec().getNamespaces();
        status.setFailedImageStreams(streams(table, namespaces, failed));
        status.setSuccessfulImageStreams(streams(table, namespaces, failed.negate().and(arrived)));
        status.setNewImageStreams(streams(table, namespaces, failed.negate().and(arrived.negate())));
        common.conditions(status, Category.ADVISORY, clock);
    }

    private static List<ImageStreamListItem> streams(
            TransferTable table, List<String> namespaces, Predicate<ImageGroup> wanted) {
        return ImageGroup.streams(table.rows()).stream()
                .filter(wanted)
                .map(stream -> item(stream, namespaces))
                .toList();
    }

    private static ImageStreamListItem item(ImageGroup stream, List<String> namespaces) {
        int slash = stream.name().indexOf('/');
        String namespace = stream.name().substring(0, slash);
        ImageStreamListItem item = new ImageStreamListItem();
        item.setNamespace(namespace);
        item.setName(stream.name().substring(slash + 1));
        // MTC fills it where the name differs.
        namespaces.stream()
                .filter(mapping -> mapping.startsWith(namespace + ":"))
                .map(mapping -> mapping.substring(namespace.length() + 1))
                .findFirst()
                .ifPresent(item::setDestNamespace);
        item.setErrors(stream.rows().stream()
                .filter(TransferRow::isLost)
                .map(row -> row.source() + ": " + row.detail())
                .toList());
        return item;
    }
}
