package dev.mtc.engine.internal;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Hook;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.engine.internal.conversion.ReferenceSwap;
import dev.mtc.engine.internal.forecast.CutoverForecasts;
import dev.mtc.engine.internal.hook.HookSite;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cut-over would do: objects, images, volumes, hooks. */
final class Previews {

    private final RunContext context;
    private final StateStore state;

    private Previews(RunContext context, StateStore state) {
        this.context = context;
        this.state = state;
    }

    static Preview of(RunContext context, StateStore state) {
        return new Previews(context, state).preview();
    }

    private Preview preview() {
        List<Problem> warnings = new ArrayList<>(PlanCheck.problems(context));
        new CheckReport("Plan " + context.plan().name(), "", warnings).requireOk();
        List<Action> actions = new ArrayList<>();
        if (Conversion.is(context.plan())) {
            actions.addAll(swaps());
            actions.addAll(volumes());
            return new Preview(actions, warnings, CutoverForecasts.of(context, state, null));
        }
        Instant begun = context.clock().instant();
        try (ObjectWork objects = new ObjectWork(context)) {
            Preview preview = objects.preview();
            actions.addAll(preview.actions());
            warnings.addAll(preview.warnings());
        }
        Duration reading = Duration.between(begun, context.clock().instant());
        actions.addAll(ImagePreview.of(context));
        actions.addAll(volumes());
        context.plan().hooks().forEach(hook -> actions.add(hook(hook)));
        return new Preview(actions, warnings, CutoverForecasts.of(context, state, reading));
    }

    private List<Action> volumes() {
        TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
        StorageClasses classes = StorageClasses.of(context);
        return PlannedVolumes.find(context).stream()
                .map(volume -> volume(volume, claims, classes))
                .toList();
    }

    private List<Action> swaps() {
        return ReferenceSwap.forth(context, Conversion.of(context).expected()).preview().entrySet().stream()
                .map(swap -> Action.of(Verb.UPDATE, "object", swap.getKey(), swap.getValue()))
                .toList();
    }

    private static Action volume(PlannedVolume volume, TargetClaims claims, StorageClasses classes) {
        if (!volume.isCarried()) {
            return Action.of(Verb.SKIP, "volume", volume.source().toString(), volume.whyLeftOut());
        }
        String name = volume.source().equals(volume.target())
                ? volume.source().toString()
                : volume.source() + " -> " + volume.target();
        Optional<String> handedOver = claims.find(volume.target()).flatMap(claims::handedOverBy);
        if (handedOver.isPresent()) {
            String why = "the target's applications own it since run " + handedOver.get();
            return Action.of(Verb.UNCHANGED, "volume", name, why);
        }
        if (volume.isMoved()) {
            return Action.of(
                            Verb.MOVE,
                            "volume",
                            name,
                            "volume " + volume.volumeName()
                                    + " itself: its policy becomes Retain on the source, where it stays,"
                                    + " and the target gets a volume of that name for the same storage")
                    .storageClass(volume.sourceStorageClass());
        }
        Action action = volume.isBound()
                ? Action.of(Verb.COPY, "volume", name, "claim of " + volume.targetSize())
                        .bytes(capacity(volume), 0)
                : Action.of(Verb.CREATE, "volume", name, "the claim is not bound, so there is no data");
        return action.storageClass(classes.propose(volume).orElse(""));
    }

    private static long capacity(PlannedVolume volume) {
        String actual =
                volume.claim().path("status").path("capacity").path("storage").asText(volume.requestedSize());
        try {
            return Quantity.parse(actual).getNumericalAmount().longValue();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private Action hook(PlannedHook planned) {
        String how = "calls the program that runs the plan";
        if (planned.hook() instanceof Hook.Job job) {
            HookSite site = HookSite.of(context.plan(), job);
            how = "a Job of image " + job.image() + " in namespace " + site.namespace() + " of the "
                    + site.side().word();
        }
        return Action.of(Verb.RUN, "hook", planned.point().wireName(), how);
    }
}
