package dev.mtc.engine.internal.forecast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.transfer.TransferRow;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import dev.mtc.engine.internal.transfer.TransferWork;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The runs of a plan that a store keeps, and the passes over volumes that they measured. */
final class MeasuredPasses {

    private final Map<String, MigMigration> runs = new HashMap<>();
    private final List<DirectVolumeMigration> passes;

    private MeasuredPasses(StateStore store, String plan) {
        store.list(MigMigration.class).stream()
                .filter(run -> Optional.ofNullable(run.getSpec().getMigPlanRef())
                        .map(ObjectReference::getName)
                        .filter(plan::equals)
                        .isPresent())
                .forEach(run -> runs.put(run.getMetadata().getUid(), run));
        passes = runs.isEmpty()
                ? List.of()
                : store.list(DirectVolumeMigration.class).stream()
                        .filter(this::isOurs)
                        .toList();
    }

    static MeasuredPasses of(StateStore store, String plan) {
        return new MeasuredPasses(store, plan);
    }

    private boolean isOurs(DirectVolumeMigration pass) {
        return pass.getMetadata().getOwnerReferences().stream().anyMatch(owner -> runs.containsKey(owner.getUid()));
    }

    Collection<MigMigration> runs() {
        return runs.values();
    }

    /**
     * {@return the passes whose data is in a claim of the target}
     *
     * @param volume the volume
     * @param target its claim on the target as it is now; what was copied into an earlier one of that name is gone
     */
    List<MeasuredPass> over(PlannedVolume volume, ObjectNode target) {
        Instant made = Optional.ofNullable(runs.get(target.path("metadata")
                        .path("labels")
                        .path(Labels.MIGRATION)
                        .asText()))
                .map(run -> run.getStatus().getStartTimestamp())
                .map(Instant::parse)
                .orElse(Instant.MIN);
        return passes.stream()
                .flatMap(pass -> VolumeTransfers.rows(pass).stream())
                .filter(row -> row.source().equals(volume.source().toString())
                        && row.target().equals(volume.target().toString()))
                .flatMap(MeasuredPasses::measured)
                .filter(pass -> !pass.begun().isBefore(made))
                .toList();
    }

    private static Stream<MeasuredPass> measured(TransferRow row) {
        TransferWork work = row.work();
        String begun = work.begun();
        String ended = work.ended();
        boolean arrived = Set.of(State.MOVED, State.DONE).contains(row.state());
        return arrived && begun != null && ended != null
                ? Stream.of(new MeasuredPass(
                        Instant.parse(begun), Instant.parse(ended), row.movedBytes(), row.totalBytes()))
                : Stream.empty();
    }
}
