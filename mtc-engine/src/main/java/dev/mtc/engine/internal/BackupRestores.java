package dev.mtc.engine.internal;

import dev.mtc.api.Backup;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import dev.mtc.engine.internal.companion.Companions;
import dev.mtc.engine.internal.objects.Archive;
import dev.mtc.engine.internal.objects.BackupLocation;
import dev.mtc.engine.internal.objects.Restore;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.RestoreSettings;
import dev.mtc.engine.internal.objects.TargetNamespaces;
import dev.mtc.engine.internal.plan.ImageMapping;
import dev.mtc.engine.internal.plan.PullSecret;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Objects that were captured before, applied without what has become of the source since. */
final class BackupRestores {

    private static final String ITINERARY = "Restore";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final RunContext context;
    private final Plan plan;
    private final ApiServer target;
    private final Archive archive;
    private final List<ItemOutcome> items = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private BackupRestores(RunContext context, Archive archive) {
        this.context = context;
        this.plan = context.plan();
        this.target = context.server(Side.TARGET);
        this.archive = archive;
    }

    static List<Backup> list(RunContext context) {
        return location(context).list();
    }

    static Preview preview(RunContext context, String name) {
        return fetched(context, name, archive -> {
            BackupRestores work = new BackupRestores(context, archive);
            Preview preview = work.restore().preview();
            List<Preview.Action> actions = new ArrayList<>(PullSecret.preview(context.plan(), work.target));
            actions.addAll(preview.actions());
            return new Preview(actions, preview.warnings());
        });
    }

    static MigrationResult restore(RunContext context, String name) {
        return fetched(context, name, archive -> new BackupRestores(context, archive).run(name));
    }

    private static BackupLocation location(RunContext context) {
        ObjectStore store = context.repository()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Plan " + context.plan().name() + " has no repository; call via(storage)"));
        return BackupLocation.in(store);
    }

    private static <T> T fetched(RunContext context, String name, Function<Archive, T> use) {
        List<String> namespaces = context.plan().namespaces().stream()
                .map(NamespaceMapping::source)
                .toList();
        try {
            Path spool = Files.createTempFile("mtc-" + context.runId() + "-", ".tar.gz");
            try {
                return use.apply(location(context).fetch(name, namespaces, spool));
            } finally {
                Files.deleteIfExists(spool);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The spool for backup " + name + " cannot be used in java.io.tmpdir", e);
        }
    }

    private Restore restore() {
        RestoreSettings settings = RestoreSettings.of(plan, context.planUid(), context.migrationUid())
                .claimsAsObjects();
        settings = ImageMapping.of(context).map(settings::images).orElse(settings);
        settings = PullSecret.name(plan).map(settings::pullSecret).orElse(settings);
        return Restore.of(target, served(), settings, archive, context.executor());
    }

    /** {@return what the target serves when the definitions of the backup are there} */
    private Discovery served() {
        List<ResourceType> kinds = new ArrayList<>();
        if (CompanionKinds.of(plan).contains(CompanionKinds.DEFINITIONS)) {
            archive.forEach(
                    key -> key.resource().equals(CompanionKinds.DEFINITIONS),
                    (key, definition) -> kinds.addAll(Companions.kinds(definition)));
        }
        return Discovery.of(target, context.executor()).with(kinds);
    }

    private MigrationResult run(String name) {
        Instant started = context.clock().instant();
        Restore restore = restore();
        List<Problem> obstacles = restore.conflicts();
        List<Problem> errors = obstacles.isEmpty() ? apply(restore) : obstacles;
        Status success = warnings.isEmpty() ? Status.SUCCEEDED : Status.SUCCEEDED_WITH_WARNINGS;
        return new MigrationResult(
                name,
                plan.name(),
                ITINERARY,
                errors.isEmpty() ? success : Status.FAILED,
                items,
                warnings,
                errors,
                started,
                context.clock().instant(),
                null,
                List.of(),
                null);
    }

    private List<Problem> apply(Restore restore) {
        List<String> unready = makeNamespaces(restore);
        if (!unready.isEmpty()) {
            return List.of(Problem.error(
                    "target namespaces " + String.join(", ", unready),
                    "NamespaceNotReady",
                    "it has no default ServiceAccount after " + PATIENCE.toSeconds() + " seconds",
                    "see whether the target's controller manager runs, then restore again"));
        }
        items.addAll(PullSecret.ensure(plan, target, Labels.migrated(context.planUid(), context.migrationUid())));
        RestoreResult result = restore.apply(count -> {});
        items.addAll(result.outcomes());
        warnings.addAll(result.warnings());
        result.outcomes().stream().filter(BackupRestores::isNewClaim).forEach(claim -> warnings.add(emptyClaim(claim)));
        return result.errors();
    }

    private List<String> makeNamespaces(Restore restore) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        TargetNamespaces.Ensured made = restore.ensureNamespaces();
        items.addAll(made.outcomes());
        warnings.addAll(made.warnings());
        List<String> unready = made.unready();
        while (!unready.isEmpty() && System.nanoTime() - end < 0) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            unready = restore.ensureNamespaces().unready();
        }
        return unready;
    }

    private static boolean isNewClaim(ItemOutcome outcome) {
        return outcome.name().startsWith("persistentvolumeclaims ") && outcome.action() == ItemOutcome.Action.CREATED;
    }

    private static Problem emptyClaim(ItemOutcome claim) {
        return Problem.warning(
                "target " + claim.name(),
                "VolumeDataNotRestored",
                "the claim was made, but a backup of objects holds no data of volumes",
                "bring the data into it by other means before the application relies on it");
    }
}
