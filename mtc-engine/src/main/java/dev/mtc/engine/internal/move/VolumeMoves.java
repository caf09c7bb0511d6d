package dev.mtc.engine.internal.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.plan.VolumeBackend;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the volumes of a cut-over whose applications are stopped. For each: the source's volume is made to outlive its claim, as
 * soon as no node of the source has it attached the target gets a volume for the same storage, and a claim that is bound to it.
 * Every step looks at the clusters alone, so that it may be taken again.
 */
public final class VolumeMoves {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final RunContext context;
    private final ApiServer source;
    private final SourceVolume lending;
    private final TargetVolume volumes;
    private final TargetClaims claims;

    private VolumeMoves(RunContext context) {
        this.context = context;
        this.source = context.server(Side.SOURCE);
        this.lending = new SourceVolume(source, context.planUid());
        this.volumes = new TargetVolume(context.server(Side.TARGET), context.planUid());
        this.claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
    }

    /** Since when volumes are waited for. */
    private record Begun(Instant at) {}

    /** {@return whether all volumes that are to be moved are bound on the target} Does what can be done now. */
    public static Outcome advance(RunContext context) {
        List<PlannedVolume> moved = PlannedVolumes.find(context).stream()
                .filter(PlannedVolume::isMoved)
                .toList();
        return moved.isEmpty() ? Outcome.advance() : new VolumeMoves(context).advance(moved);
    }

    private Outcome advance(List<PlannedVolume> moved) {
        List<String> waiting = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        StorageClasses classes = StorageClasses.of(context);
        for (PlannedVolume volume : moved) {
            Optional<String> handedOver = claims.find(volume.target()).flatMap(claims::handedOverBy);
            if (handedOver.isPresent()) {
                note(
                        volume,
                        ItemOutcome.Action.SKIPPED,
                        "the target's applications own it since run " + handedOver.get());
                continue;
            }
            Optional<Problem> foreign = foreign(volume);
            foreign.ifPresent(problems::add);
            if (foreign.isEmpty()) {
                move(volume, classes).ifPresent(waiting::add);
            }
        }
        if (!problems.isEmpty()) {
            return new Outcome.Fail(problems);
        }
        return waiting.isEmpty() ? Outcome.advance() : waitFor(waiting);
    }

    private Outcome waitFor(List<String> waiting) {
        String reason = String.join("; ", waiting);
        Instant now = context.clock().instant();
        Instant begun = context.work(Begun.class, c -> new Begun(now)).at();
        return now.isBefore(begun.plus(context.pendingLimit()))
                ? Outcome.waitFor(LOOK_AGAIN, reason)
                : Outcome.fail(Problem.error(
                        "volumes",
                        "VolumeNotMoved",
                        "after " + context.pendingLimit().toSeconds() + " s still: " + reason,
                        "look at the volumes and at events of the claims, and run the migration again"));
    }

    /** What is in the way is never taken over, though it was not there when the plan was checked. */
    private Optional<Problem> foreign(PlannedVolume volume) {
        String name = volume.volumeName();
        if (volumes.find(name).filter(present -> !volumes.isOurs(present)).isPresent()) {
            return Optional.of(Problem.error(
                    "target persistentvolumes " + name,
                    "PvNameConflict",
                    "a volume of that name exists and was not put there by this plan",
                    "delete it if it is the same storage, and run the migration again"));
        }
        return claims.find(volume.target())
                .filter(claim -> !claims.isOurs(claim) || !volumeOf(claim).equals(name))
                .map(claim -> Problem.error(
                        "target persistentvolumeclaims " + volume.target(),
                        "PvcConflict",
                        "a claim of that name exists and is not one of volume " + name,
                        "delete it and run the migration again"));
    }

    /** {@return what is waited for, if something is} */
    private Optional<String> move(PlannedVolume volume, StorageClasses classes) {
        String name = volume.volumeName();
        ObjectNode lent = lending.lend(name);
        List<String> nodes = Attachments.nodes(source, name);
        if (!nodes.isEmpty()) {
            return Optional.of("volume " + name + " is still attached to nodes " + nodes + " of the source");
        }
        Optional<ObjectNode> present = volumes.find(name);
        if (present.filter(VolumeMoves::isGoing).isPresent()) {
            return Optional.of("volume " + name + " of the target is still being deleted");
        }
        Map<String, String> labels = Labels.migrated(context.planUid(), context.migrationUid());
        volumes.ensure(lent, volume.target(), labels);
        claims.ensure(volume, classes, labels);
        ObjectNode claim = claims.find(volume.target()).orElseThrow();
        if (isGoing(claim) || !phase(claim).equals("Bound")) {
            return Optional.of("claim " + volume.target() + " of the target is " + phase(claim)
                    + ", to be bound to volume " + name);
        }
        note(
                volume,
                ItemOutcome.Action.MOVED,
                "volume " + name + " (" + VolumeBackend.of(lent).words()
                        + "); on the source it stays with policy Retain");
        return Optional.empty();
    }

    private void note(PlannedVolume volume, ItemOutcome.Action action, String detail) {
        ClaimRef from = volume.source();
        String name = from.equals(volume.target()) ? from.toString() : from + " -> " + volume.target();
        context.journal().item(new ItemOutcome("volume", name, action, 0, 0, detail, null));
    }

    static String volumeOf(JsonNode claim) {
        return claim.path("spec").path("volumeName").asText();
    }

    private static String phase(JsonNode object) {
        return object.path("status").path("phase").asText("Pending");
    }

    static boolean isGoing(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }
}
