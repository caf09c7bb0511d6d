package dev.mtc.engine.internal.transfer;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.PvcToMigrate;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pass over the volumes of a run, kept in its DirectVolumeMigration. */
public final class VolumeTransfers {

    /** How many volumes are copied at the same time. */
    public static final int AT_ONCE = 4;

    private static final Transfers.Pace PACE = Transfers.Pace.remote(AT_ONCE);

    private final RunContext context;
    private final Pass pass;
    private final Transfers<VolumeMove, DirectVolumeMigration> transfers;
    private @Nullable Map<ClaimRef, PlannedVolume> volumes;

    private VolumeTransfers(RunContext context, Pass pass) {
        this.context = context;
        this.pass = pass;
        this.transfers = new Transfers<>(
                context,
                new Transfers.Kind<>("volume", this::request, context.providers()::forVolume, PACE, lines(context)),
                new TransferRecord<>(
                        context,
                        DirectVolumeMigration.class,
                        DirectVolumeMigration::new,
                        VolumeStatus::write,
                        "-" + pass.name().toLowerCase(Locale.ROOT)));
    }

    private static Function<TransferTable, List<String>> lines(RunContext context) {
        return context.plan().volumeRoute() == Route.INDIRECT ? TransferLines::storedVolumes : TransferLines::volumes;
    }

    /** The pass while applications run. */
    public static final class Hot {
        private final VolumeTransfers transfers;

        /** Looks after the hot pass of a run. */
        public Hot(RunContext context) {
            transfers = new VolumeTransfers(context, Pass.HOT);
        }

        /** {@return the pass} */
        public VolumeTransfers pass() {
            return transfers;
        }
    }

    /** The last pass. */
    public static final class Cold {
        private final VolumeTransfers transfers;

        /** Looks after the cold pass of a run. */
        public Cold(RunContext context) {
            transfers = new VolumeTransfers(context, Pass.COLD);
        }

        /** {@return the pass} */
        public VolumeTransfers pass() {
            return transfers;
        }
    }

    private VolumeMove request(TransferRow row) {
        ClaimRef source = claim(row.source());
        Optional<PlannedVolume> volume = Optional.ofNullable(bySource().get(source));
        VolumeChoice.Copy copy = volume.flatMap(PlannedVolume::copy).orElseGet(() -> chosen(source));
        ClaimRef target = claim(row.target());
        if (context.plan().volumeRoute() == Route.DIRECT) {
            return new VolumeMove(row.key(), source, target, copy, pass);
        }
        return volume.flatMap(this::broughtBy)
                .map(plan -> new VolumeMove(row.key(), source, target, copy, pass, plan, target))
                .orElseGet(() -> new VolumeMove(row.key(), source, target, copy, pass, StoredPlan.name(context)));
    }

    /** {@return on the way back, what the plan is called in the repository that brought a volume of the source there} */
    private Optional<String> broughtBy(PlannedVolume volume) {
        String uid =
                volume.claim().path("metadata").path("labels").path(Labels.PLAN).asText();
        return uid.isEmpty() ? Optional.empty() : context.plan().reverses().map(name -> StoredPlan.name(name, uid));
    }

    /** What the plan says of a claim that is not there any more. */
    private VolumeChoice.Copy chosen(ClaimRef source) {
        VolumeChoice choice = context.plan().volumeChoice(source.namespace(), source.name());
        return choice instanceof VolumeChoice.Copy copy ? copy : VolumeChoice.copy();
    }

    static ClaimRef claim(String text) {
        int slash = text.indexOf('/');
        return new ClaimRef(text.substring(0, slash), text.substring(slash + 1));
    }

    private synchronized Map<ClaimRef, PlannedVolume> bySource() {
        Map<ClaimRef, PlannedVolume> known = volumes;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (PlannedVolume volume : PlannedVolumes.find(context)) {
                known.put(volume.source(), volume);
            }
            volumes = known;
        }
        return known;
    }

    private Collection<PlannedVolume> volumes() {
        return bySource().values();
    }

    /** Makes the claims on the target and keeps which volumes are to be copied. The target's namespaces are there. */
    public void create() {
        if (transfers.isKnown()) {
            return;
        }
        TargetClaims claims = TargetClaims.of(context);
        StorageClasses classes = StorageClasses.of(context);
        Map<String, String> labels = Labels.migrated(context.planUid(), context.migrationUid());
        List<TransferRow> rows = new ArrayList<>();
        for (PlannedVolume volume : volumes()) {
            if (volume.copy().isEmpty() && !(volume.isMoved() && isCutover())) {
                context.journal()
                        .item(new ItemOutcome(
                                "volume",
                                volume.source().toString(),
                                ItemOutcome.Action.SKIPPED,
                                0,
                                0,
                                volume.whyLeftOut(),
                                null));
            }
            if (volume.copy().isEmpty()) {
                continue;
            }
            String key = pass.name().toLowerCase(Locale.ROOT) + "-" + rows.size();
            rows.add(row(key, volume, claims));
            claims.ensure(volume, classes, labels);
        }
        if (!rows.isEmpty()) {
            transfers.create(rows, dvm -> spec(dvm, classes));
        }
    }

    /** Only that moves volumes, after all is copied. */
    private boolean isCutover() {
        return pass == Pass.COLD && !context.migration().getSpec().isMigrateState();
    }

    private TransferRow row(String key, PlannedVolume volume, TargetClaims claims) {
        String source = volume.source().toString();
        String target = volume.target().toString();
        Optional<String> handedOver = claims.find(volume.target()).flatMap(claims::handedOverBy);
        if (handedOver.isPresent()) {
            return TransferRow.skipped(
                    key, source, target, "the target's applications own it since run " + handedOver.get());
        }
        return volume.isBound()
                ? TransferRow.pending(key, source, target)
                : TransferRow.skipped(key, source, target, "the claim is not bound, so there is no data");
    }

    private void spec(DirectVolumeMigration dvm, StorageClasses classes) {
        List<PvcToMigrate> claims = new ArrayList<>();
        for (PlannedVolume volume : volumes()) {
            if (volume.copy().isEmpty()) {
                continue;
            }
            PvcToMigrate claim = new PvcToMigrate();
            claim.setNamespace(volume.source().namespace());
            claim.setName(volume.source().name());
            claim.setTargetNamespace(volume.target().namespace());
            claim.setTargetName(volume.target().name());
            claim.setTargetStorageClass(classes.propose(volume).orElse(""));
            claim.setTargetAccessModes(volume.targetAccessModes());
            claim.setTargetVolumeMode(volume.volumeMode());
            claim.setVerify(
                    volume.copy().flatMap(VolumeChoice.Copy::verification).isPresent());
            claims.add(claim);
        }
        context.clusterRef(Side.SOURCE).ifPresent(dvm.getSpec()::setSrcMigClusterRef);
        context.clusterRef(Side.TARGET).ifPresent(dvm.getSpec()::setDestMigClusterRef);
        dvm.getSpec().setMigrationType(pass == Pass.HOT ? "Stage" : "CutOver");
        dvm.getSpec().setPersistentVolumeClaims(claims);
        dvm.getSpec().setCreateDestinationNamespaces(true);
    }

    /** Starts what can start, looks after what runs, and says whether all is done. */
    public Outcome advance() {
        return transfers.advance();
    }

    /** {@return whether helpers of what arrived are still there; {@link #advance} removes them} */
    public boolean hasHelpers() {
        return transfers.hasHelpers();
    }

    /** Stops everything and removes all helpers; {@return whether nothing is left} */
    public boolean stop() {
        return transfers.stop();
    }

    /** {@return the rows of a pass of some run, none if it was not made by this engine} */
    public static List<TransferRow> rows(DirectVolumeMigration pass) {
        return TransferRecord.rows(pass.getStatus());
    }

    /** {@return the time from the first copy's begin to the last one's end, zero if nothing was copied} */
    public Duration took() {
        List<TransferWork> works = transfers.rows().stream()
                .map(TransferRow::work)
                .filter(work -> work.begun() != null && work.ended() != null)
                .toList();
        return works.isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        works.stream()
                                .map(work -> Instant.parse(String.valueOf(work.begun())))
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        works.stream()
                                .map(work -> Instant.parse(String.valueOf(work.ended())))
                                .max(Comparator.naturalOrder())
                                .orElseThrow());
    }

    /** {@return the claims of the target that are copied to or get a moved volume} */
    public List<ClaimRef> targets() {
        return volumes().stream()
                .filter(PlannedVolume::isCarried)
                .map(PlannedVolume::target)
                .toList();
    }
}
