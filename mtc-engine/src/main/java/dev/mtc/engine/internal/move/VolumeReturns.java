package dev.mtc.engine.internal.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes moved volumes back whose applications are stopped on the target: the target's claim goes, then its volume, of which the
 * storage stays, and when no node of the target has it attached any more the source's volume gets its reclaim policy back.
 */
public final class VolumeReturns {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final ApiServer target;
    private final SourceVolume lending;
    private final TargetVolume volumes;
    private final TargetClaims claims;

    private VolumeReturns(RunContext context) {
        this.target = context.server(Side.TARGET);
        this.lending = new SourceVolume(context.server(Side.SOURCE), context.planUid());
        this.volumes = new TargetVolume(target, context.planUid());
        this.claims = new TargetClaims(target, context.planUid());
    }

    /** {@return whether nothing of the plan's volumes is lent any more} Does what can be done now. */
    public static Outcome advance(RunContext context) {
        return mayMove(context.plan()) ? new VolumeReturns(context).advance() : Outcome.advance();
    }

    /** {@return whether a plan says of any volume that it is to be moved} */
    public static boolean mayMove(Plan plan) {
        return plan.volumeRule() instanceof VolumeChoice.Move
                || plan.volumeExceptions().values().stream().anyMatch(VolumeChoice.Move.class::isInstance);
    }

    /** Sees to it that no moved volume goes with its claim on the target, which is about to be deleted. */
    public static void protect(RunContext context) {
        if (mayMove(context.plan())) {
            new VolumeReturns(context).protect();
        }
    }

    private void protect() {
        lending.lent().stream()
                .flatMap(lent -> volumes.find(lent.path("metadata").path("name").asText()).stream())
                .filter(volumes::isOurs)
                .forEach(volumes::retain);
    }

    private Outcome advance() {
        List<String> waiting =
                lending.lent().stream().flatMap(lent -> back(lent).stream()).toList();
        return waiting.isEmpty() ? Outcome.advance() : Outcome.waitFor(LOOK_AGAIN, String.join("; ", waiting));
    }

    /** {@return what is waited for, if something is} */
    private Optional<String> back(ObjectNode lent) {
        String name = lent.path("metadata").path("name").asText();
        Optional<ObjectNode> present = volumes.find(name).filter(volumes::isOurs);
        if (present.isPresent()) {
            ClaimRef claim = claimOf(present.get());
            boolean hasClaim = claims.find(claim)
                    .filter(claims::isOurs)
                    .filter(found -> VolumeMoves.volumeOf(found).equals(name))
                    .isPresent();
            if (hasClaim) {
                volumes.retain(present.get());
                claims.delete(claim);
                return Optional.of("claim " + claim + " of the target is being deleted");
            }
            volumes.remove(present.get());
            return Optional.of("volume " + name + " of the target is being deleted, its data stays");
        }
        List<String> nodes = Attachments.nodes(target, name);
        if (!nodes.isEmpty()) {
            return Optional.of("volume " + name + " is still attached to nodes " + nodes + " of the target");
        }
        lending.takeBack(lent);
        return Optional.empty();
    }

    private static ClaimRef claimOf(ObjectNode volume) {
        JsonNode reference = volume.path("spec").path("claimRef");
        return new ClaimRef(
                reference.path("namespace").asText(), reference.path("name").asText());
    }
}
