package dev.mtc.engine.internal;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Hook;
import dev.mtc.api.MtcException;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.Sizes;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.engine.internal.hook.HookSite;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.plan.Together;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.ImageSizes;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a cut-over would do: objects, images, volumes, hooks. */
final class Previews {

    private final RunContext context;

    private Previews(RunContext context) {
        this.context = context;
    }

    static Preview of(RunContext context) {
        return new Previews(context).preview();
    }

    private Preview preview() {
        List<Problem> warnings = new ArrayList<>(PlanCheck.problems(context));
        new CheckReport("Plan " + context.plan().name(), "", warnings).requireOk();
        List<Action> actions = new ArrayList<>();
        try (ObjectWork objects = new ObjectWork(context)) {
            Preview preview = objects.preview();
            actions.addAll(preview.actions());
            warnings.addAll(preview.warnings());
        }
        actions.addAll(images());
        TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
        StorageClasses classes = StorageClasses.of(context);
        for (PlannedVolume volume : PlannedVolumes.find(context.plan(), context.server(Side.SOURCE))) {
            actions.add(volume(volume, claims, classes));
        }
        context.plan().hooks().forEach(hook -> actions.add(hook(hook)));
        return new Preview(actions, warnings);
    }

    private List<Action> images() {
        ImageSizes sizes = new ImageSizes(context);
        List<Supplier<Action>> questions = new ArrayList<>();
        for (Map.Entry<String, String> image : PlannedImages.find(
                        context.plan(), context.server(Side.SOURCE), context.discovery(Side.SOURCE))
                .entrySet()) {
            questions.add(() -> image(image.getKey(), image.getValue(), sizes));
        }
        return Together.ask(context.executor(), questions);
    }

    private static Action image(String source, String target, ImageSizes sizes) {
        String name = source.equals(target) ? source : source + " -> " + target;
        try {
            long stored = sizes.missingInRepository(source);
            return sizes.of(source, target)
                    .map(size -> size.missingBytes() == 0 && stored == 0
                            ? Action.of(Verb.UNCHANGED, "image", name, "the target has it")
                                    .bytes(0, size.totalBytes())
                            : Action.of(Verb.COPY, "image", name, reason(size, stored))
                                    .bytes(size.missingBytes(), size.totalBytes() - size.missingBytes()))
                    .orElseGet(() -> Action.of(Verb.COPY, "image", name, "").bytes(-1, -1));
        } catch (MtcException e) {
            return Action.of(Verb.COPY, "image", name, String.valueOf(e.getMessage()))
                    .bytes(-1, -1);
        }
    }

    private static String reason(ImageEstimate size, long stored) {
        List<String> parts = new ArrayList<>();
        if (!size.platforms().isEmpty()) {
            parts.add(String.join(", ", size.platforms()));
        }
        if (stored > 0) {
            parts.add(Sizes.format(stored) + " of it into the repository first");
        }
        return String.join("; ", parts);
    }

    private static Action volume(PlannedVolume volume, TargetClaims claims, StorageClasses classes) {
        if (volume.copy().isEmpty()) {
            return Action.of(Verb.SKIP, "volume", volume.source().toString(), "the plan leaves it out");
        }
        String name = volume.source().equals(volume.target())
                ? volume.source().toString()
                : volume.source() + " -> " + volume.target();
        Optional<String> handedOver = claims.find(volume.target()).flatMap(claims::handedOverBy);
        if (handedOver.isPresent()) {
            String why = "the target's applications own it since run " + handedOver.get();
            return Action.of(Verb.UNCHANGED, "volume", name, why);
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
