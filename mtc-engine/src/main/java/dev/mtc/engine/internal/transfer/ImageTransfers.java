package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The images of a run, kept in its DirectImageMigration. */
public final class ImageTransfers {

    private static final int AT_ONCE = 4;

    private final RunContext context;
    private final Transfers<ImageMove, DirectImageMigration> transfers;

    /** Looks after the images of a run. */
    public ImageTransfers(RunContext context) {
        this.context = context;
        this.transfers = new Transfers<>(
                context,
                new Transfers.Kind<>(
                        "image",
                        row -> new ImageMove(row.key(), row.source(), row.target()),
                        context.providers()::forImage,
                        AT_ONCE,
                        TransferLines::images),
                new TransferRecord<>(
                        context, DirectImageMigration.class, DirectImageMigration::new, ImageStatus::write, "-images"));
    }

    /** Keeps which images are to be copied. */
    public void create() {
        if (transfers.isKnown()) {
            return;
        }
        Map<String, String> images =
                PlannedImages.find(context.plan(), context.server(Side.SOURCE), context.discovery(Side.SOURCE));
        List<TransferRow> rows = new ArrayList<>();
        images.forEach((source, target) -> rows.add(TransferRow.pending("image-" + rows.size(), source, target)));
        transfers.create(rows, this::spec);
    }

    private void spec(DirectImageMigration dim) {
        context.clusterRef(Side.SOURCE).ifPresent(dim.getSpec()::setSrcMigClusterRef);
        context.clusterRef(Side.TARGET).ifPresent(dim.getSpec()::setDestMigClusterRef);
        dim.getSpec()
                .setNamespaces(context.plan().namespaces().stream()
                        .map(Object::toString)
                        .toList());
    }

    /** {@return what an image that arrived is called on the target, empty if it did not or nobody says} */
    Optional<String> digest(String source) {
        return transfers.rows().stream()
                .filter(row -> row.source().equals(source))
                .flatMap(row -> Stream.ofNullable(row.digest()))
                .findFirst();
    }

    /** Starts what can start, looks after what runs, and says whether all is done. */
    public Outcome advance() {
        return transfers.advance();
    }

    /** {@return whether something that arrived is still to be tidied up after; {@link #advance} does so} */
    public boolean hasHelpers() {
        return transfers.hasHelpers();
    }

    /** Stops everything; {@return whether nothing is left} */
    public boolean stop() {
        return transfers.stop();
    }
}
