package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Manifests;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.engine.internal.plan.PlannedImage;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The images of a run on their way to the target: from the source, as its DirectImageMigration tells, or from the plan's
 * repository, for which MTC has no resource.
 */
public final class ImageTransfers {

    /** Movers of images queue what a run gives them. */
    private static final Transfers.Pace PACE = Transfers.Pace.local(Integer.MAX_VALUE);

    private final RunContext context;
    private final Transfers<ImageMove, DirectImageMigration> transfers;

    /** Looks after the images of a run on their way to the target. */
    public ImageTransfers(RunContext context) {
        this(
                context,
                isDirect(context) ? row -> new ImageMove(row.key(), row.source(), row.target()) : outOf(context),
                isDirect(context)
                        ? new TransferRecord<>(
                                context,
                                DirectImageMigration.class,
                                DirectImageMigration::new,
                                ImageStatus::write,
                                "-images")
                        : RowKeeper.none());
    }

    private ImageTransfers(
            RunContext context, Function<TransferRow, ImageMove> request, RowKeeper<DirectImageMigration> keeper) {
        this.context = context;
        this.transfers = new Transfers<>(
                context,
                new Transfers.Kind<>("image", request, context.providers()::forImage, PACE, TransferLines::images),
                keeper);
    }

    private static boolean isDirect(RunContext context) {
        return context.plan().imageRoute() == Route.DIRECT;
    }

    private static Function<TransferRow, ImageMove> outOf(RunContext context) {
        return row -> new ImageMove("out-" + row.key(), StoredImages.of(row.source(), context), row.target());
    }

    /** The images of a run on their way into the plan's repository. */
    public static final class Inbound {
        private final ImageTransfers transfers;

        /** Looks after them. */
        public Inbound(RunContext context) {
            transfers = new ImageTransfers(
                    context,
                    row -> new ImageMove("in-" + row.key(), row.source(), StoredImages.of(row.source(), context)),
                    RowKeeper.none());
        }

        /** {@return the transfers} */
        public ImageTransfers transfers() {
            return transfers;
        }
    }

    /** Keeps which images are to be copied. */
    public void create() {
        if (transfers.isKnown()) {
            return;
        }
        List<TransferRow> rows = new ArrayList<>();
        PlannedImages planned = PlannedImages.find(context);
        StreamsOfImages streams = StreamsOfImages.of(planned.streams());
        for (PlannedImage image : planned.images()) {
            rows.add(TransferRow.pending("image-" + rows.size(), image.source(), image.target())
                    .partOf(streams.of(image.source()).orElse(null)));
        }
        transfers.create(rows, this::spec);
    }

    private void spec(DirectImageMigration dim) {
        context.clusterRef(Side.SOURCE).ifPresent(dim.getSpec()::setSrcMigClusterRef);
        context.clusterRef(Side.TARGET).ifPresent(dim.getSpec()::setDestMigClusterRef);
        dim.getSpec()
                .setNamespaces(context.plan().namespaces().stream()
                        .map(Object::toString)
                        .toList());
        dim.getSpec()
                .setLabelSelector(Manifests.of(context.plan())
                        .migPlan(context.plan().name())
                        .getSpec()
                        .getLabelSelector());
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
