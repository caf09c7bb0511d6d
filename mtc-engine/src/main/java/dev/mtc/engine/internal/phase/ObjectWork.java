package dev.mtc.engine.internal.phase;

import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.companion.Companion;
import dev.mtc.engine.internal.companion.CompanionKinds;
import dev.mtc.engine.internal.companion.Companions;
import dev.mtc.engine.internal.objects.Archive;
import dev.mtc.engine.internal.objects.ArchiveWriter;
import dev.mtc.engine.internal.objects.BackupDescription;
import dev.mtc.engine.internal.objects.BackupLocation;
import dev.mtc.engine.internal.objects.Capture;
import dev.mtc.engine.internal.objects.CaptureReport;
import dev.mtc.engine.internal.objects.ObjectKey;
import dev.mtc.engine.internal.objects.Restore;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.RestoreSettings;
import dev.mtc.engine.internal.plan.PullSecret;
import dev.mtc.engine.internal.run.BackgroundJob;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.PinnedImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a run: captured into a local spool (and the repository, if the plan has one), then applied on the target.
 * A process that takes a run over fetches what was captured. Without a repository it captures again, which gives the same objects if
 * nobody changed them meanwhile, because what was quiesced says how it was.
 */
public final class ObjectWork implements AutoCloseable {

    private final RunContext context;
    private final Path spool;
    private final Count captured;
    private final Count applied;
    private volatile LongSupplier found = () -> 0;
    private @Nullable BackgroundJob<Captured> capture;
    private @Nullable BackgroundJob<RestoreResult> restore;

    /** Looks after the objects of a run. */
    public ObjectWork(RunContext context) {
        this.context = context;
        this.captured = new Count(context, "captured");
        this.applied = new Count(context, "applied");
        try {
            this.spool = Files.createTempFile("mtc-" + context.runId() + "-", ".tar.gz");
        } catch (IOException e) {
            throw new UncheckedIOException("The spool for captured objects cannot be made in java.io.tmpdir", e);
        }
    }

    /** What was captured, and what of it is in the way on the target. */
    record Captured(Archive archive, CaptureReport report, List<Problem> conflicts) {

        /** {@return why nothing may be changed or applied: what may not be read would be lost without a trace} */
        List<Problem> obstacles() {
            return Stream.concat(report.problems().stream().filter(Problem::blocks), conflicts.stream())
                    .toList();
        }

        /** {@return what is left behind} */
        List<Problem> warnings() {
            return report.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.WARN)
                    .toList();
        }
    }

    static RestoreSettings settings(RunContext context) {
        Plan plan = context.plan();
        RestoreSettings settings = RestoreSettings.of(plan, context.planUid(), context.migrationUid());
        settings = context.request().expected() == null ? settings : settings.contentDigests();
        settings = PinnedImages.of(context).map(settings::images).orElse(settings);
        return PullSecret.name(plan).map(settings::pullSecret).orElse(settings);
    }

    /** Starts capturing, or finds it started. */
    synchronized BackgroundJob<Captured> capture() {
        if (capture == null) {
            captured.begin();
            capture = BackgroundJob.start(
                    context.executor(),
                    () -> context.repository().flatMap(this::kept).orElseGet(this::captureAndKeep));
        }
        return capture;
    }

    private Captured captureNow() {
        CaptureReport report;
        Archive archive;
        Companions companions = context.companions();
        try (ArchiveWriter writer = Archive.create(spool)) {
            Capture objects = Capture.of(
                    context.server(Side.SOURCE),
                    context.discovery(Side.SOURCE),
                    context.discovery(Side.TARGET),
                    context.plan(),
                    context.executor());
            found = objects::found;
            report = objects.into(writer, captured::running).and(companions.warnings());
            companions.all().forEach(companion -> add(companion, writer));
            captured.done(report.objects());
            archive = writer.finish();
        }
        List<Problem> conflicts = new ArrayList<>(companions.errors());
        conflicts.addAll(restoreOf(archive).conflicts());
        return new Captured(archive, report, conflicts);
    }

    private static void add(Companion companion, ArchiveWriter writer) {
        writer.add(
                new ObjectKey(companion.resource(), "", companion.name()),
                companion.object().deepCopy());
    }

    /** {@return what became of the storage classes that come along, which claims need before any other object; blocks} */
    static RestoreResult storageClasses(RunContext context) {
        List<Companion> classes = context.companions().all().stream()
                .filter(companion -> companion.resource().equals(CompanionKinds.STORAGE_CLASSES))
                .toList();
        if (classes.isEmpty()) {
            return new RestoreResult(List.of(), List.of());
        }
        try (ObjectWork first = new ObjectWork(context);
                ArchiveWriter writer = Archive.create(first.spool)) {
            classes.forEach(companion -> add(companion, writer));
            return first.restoreOf(writer.finish()).apply(count -> {}, context::isStopping);
        }
    }

    private Captured captureAndKeep() {
        Captured now = captureNow();
        if (now.obstacles().isEmpty()) {
            context.repository().ifPresent(store -> keep(now, store));
        }
        return now;
    }

    /** {@return what an earlier process of this run captured, before the source was stopped or changed} */
    private Optional<Captured> kept(ObjectStore store) {
        return BackupLocation.in(store).captured(context.runId(), spool).map(kept -> {
            captured.done(kept.report().objects());
            return new Captured(
                    kept.archive(), kept.report(), restoreOf(kept.archive()).conflicts());
        });
    }

    private void keep(Captured captured, ObjectStore store) {
        BackupLocation backups = BackupLocation.in(store);
        backups.note(context.runId(), captured.report());
        backups.put(
                captured.archive(),
                new BackupDescription(
                        context.runId(),
                        context.plan(),
                        settings(context),
                        this.captured.begun,
                        context.clock().instant()));
        backups.keepLast(context.planUid(), context.plan().capturesKept(), context.runId());
    }

    /** How many objects were worked on so far, and since when. */
    private static final class Count {
        private final RunContext context;
        private final String what;
        private volatile Instant begun;
        private volatile long count;

        private Count(RunContext context, String what) {
            this.context = context;
            this.what = what;
            this.begun = context.clock().instant();
        }

        void begin() {
            begun = context.clock().instant();
        }

        void running(long now) {
            tell("running", now);
        }

        void done(long all) {
            tell("done", all);
        }

        private void tell(String state, long now) {
            count = now;
            context.board().update("objects", what, state, now, OptionalLong.empty(), null);
        }

        Duration took() {
            return Duration.between(begun, context.clock().instant());
        }
    }

    /** {@return how far capturing is, for the pipeline} */
    String captureLine() {
        return ProgressLines.backup(
                context.migration().getMetadata().getNamespace(),
                context.runId(),
                captured.count,
                found.getAsLong(),
                captured.took());
    }

    /** {@return that capturing has not begun, for the pipeline} */
    static String captureNotStarted(RunContext context) {
        return ProgressLines.backupNotStarted(context.migration().getMetadata().getNamespace(), context.runId());
    }

    /** {@return that applying has not begun, for the pipeline} */
    static String restoreNotStarted(RunContext context) {
        return ProgressLines.restoreNotStarted(context.migration().getMetadata().getNamespace(), context.runId());
    }

    /** {@return how far applying came that failed, for the pipeline} */
    String failedRestoreLine() {
        return ProgressLines.restorePartiallyFailed(
                context.migration().getMetadata().getNamespace(),
                context.runId(),
                applied.count,
                captured.count,
                applied.took());
    }

    /** {@return how far applying is, for the pipeline} */
    String restoreLine() {
        return ProgressLines.restore(
                context.migration().getMetadata().getNamespace(),
                context.runId(),
                applied.count,
                captured.count,
                applied.took());
    }

    private Restore restoreOf(Archive archive) {
        return Restore.of(
                context.server(Side.TARGET),
                context.discovery(Side.TARGET),
                settings(context),
                archive,
                context.executor());
    }

    /** Starts applying what was captured, or finds it started. */
    synchronized BackgroundJob<RestoreResult> restore(Archive archive) {
        if (restore == null) {
            applied.begin();
            restore = BackgroundJob.start(context.executor(), () -> {
                archive.requireUnchanged();
                PullSecret.ensure(
                                context.plan(),
                                context.server(Side.TARGET),
                                Labels.migrated(context.planUid(), context.migrationUid()))
                        .forEach(context.journal()::item);
                RestoreResult result = restoreOf(archive).apply(applied::running, context::isStopping);
                applied.done(result.outcomes().size());
                return result;
            });
        }
        return restore;
    }

    /** {@return whether objects are being applied at this moment} */
    synchronized boolean isApplying() {
        return restore != null && !restore.isDone();
    }

    /** {@return a restore, for its namespaces} */
    Restore over(Archive archive) {
        return restoreOf(archive);
    }

    /** {@return objects in the way on the target, and what could not be read; blocks} Kinds that the target lacks are the plan check's. */
    public List<Problem> conflicts() {
        Captured captured = captureNow();
        List<Problem> problems = new ArrayList<>(captured.conflicts());
        problems.addAll(captured.report().ofSource());
        return problems;
    }

    /** {@return what would happen to each object of the kinds that the target takes; blocks} */
    public Preview preview() {
        Captured captured = captureNow();
        Preview preview = restoreOf(captured.archive()).preview();
        List<Problem> warnings = new ArrayList<>(context.companions().errors());
        warnings.addAll(captured.report().otherProblems());
        warnings.addAll(preview.warnings());
        List<Preview.Action> actions = new ArrayList<>(PullSecret.preview(context.plan(), context.server(Side.TARGET)));
        actions.addAll(preview.actions());
        actions.addAll(captured.report().leftOutActions());
        return new Preview(actions, warnings);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw new UncheckedIOException("The spool " + spool + " cannot be deleted", e);
        }
    }
}
