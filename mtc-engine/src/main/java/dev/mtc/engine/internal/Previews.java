package dev.mtc.engine.internal;

import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cut-over would do: objects, images, volumes. */
final class Previews {

    private Previews() {}

    static Preview of(RunContext context) {
        List<Problem> warnings = new ArrayList<>(PlanCheck.problems(context));
        dev.mtc.api.CheckReport access =
                new dev.mtc.api.CheckReport("Plan " + context.plan().name(), "", warnings);
        access.requireOk();
        List<Action> actions = new ArrayList<>();
        try (ObjectWork objects = new ObjectWork(context)) {
            Preview preview = objects.preview();
            actions.addAll(preview.actions());
            warnings.addAll(preview.warnings());
        }
        PlannedImages.find(context.plan(), context.server(Side.SOURCE), context.discovery(Side.SOURCE))
                .forEach((source, target) ->
                        actions.add(new Action(Verb.COPY, "image", source + " -> " + target, -1, "")));
        TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
        for (PlannedVolume volume : PlannedVolumes.find(context.plan(), context.server(Side.SOURCE))) {
            actions.add(action(volume, claims));
        }
        return new Preview(actions, warnings);
    }

    private static Action action(PlannedVolume volume, TargetClaims claims) {
        String name = volume.source().equals(volume.target())
                ? volume.source().toString()
                : volume.source() + " -> " + volume.target();
        if (volume.copy().isEmpty()) {
            return new Action(Verb.SKIP, "volume", name, 0, "the plan leaves it out");
        }
        Optional<String> handedOver = claims.find(volume.target()).flatMap(claims::handedOverBy);
        if (handedOver.isPresent()) {
            String why = "the target's applications own it since run " + handedOver.get();
            return new Action(Verb.UNCHANGED, "volume", name, 0, why);
        }
        return volume.isBound()
                ? new Action(Verb.COPY, "volume", name, -1, "claim of " + volume.requestedSize())
                : new Action(Verb.CREATE, "volume", name, 0, "the claim is not bound, so there is no data");
    }
}
