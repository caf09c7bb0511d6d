package dev.mtc.engine.internal;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationEngine;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Route;
import dev.mtc.api.Storage;
import dev.mtc.engine.internal.itinerary.Flag;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The rows of itineraries, migrations that enter all of them, and engines that do something more on entering one. */
final class Rows {

    private Rows() {}

    /**
     * A row of an itinerary.
     *
     * @param kind the itinerary
     * @param phase the phase
     */
    record Row(Kind kind, Phase phase) {
        @Override
        public String toString() {
            return kind.wireName() + " " + phase;
        }

        /** {@return the way of the images of migrations that enter it} */
        Route images() {
            return isEntered(Flag.INDIRECT_IMAGE) ? Route.INDIRECT : Route.DIRECT;
        }

        private boolean isEntered(Flag only) {
            return Itineraries.of(kind).legs().stream()
                    .anyMatch(leg -> leg.phase() == phase && leg.allOf().contains(only));
        }

        private boolean isEntered(Route images) {
            return !isEntered(images == Route.DIRECT ? Flag.INDIRECT_IMAGE : Flag.DIRECT_IMAGE);
        }

        boolean isLast() {
            return phase == Phase.COMPLETED;
        }
    }

    /** What is done instead of a phase. */
    interface Around {
        Outcome run(Row row, PhaseHandler phase, RunContext context);
    }

    /** {@return the rows, without those that only a storage conversion enters} */
    static Stream<Row> of(Kind... kinds) {
        return Arrays.stream(kinds)
                .flatMap(kind -> Itineraries.of(kind).legs().stream().map(leg -> new Row(kind, leg.phase())))
                .filter(row -> !row.isEntered(Flag.STORAGE_CONVERSION));
    }

    /** {@return the rows that a migration enters whose images go that way} */
    static Stream<Row> of(Route images, Kind... kinds) {
        return of(kinds).filter(row -> row.isEntered(images));
    }

    static MigrationEngine engine(Around around) {
        return new DefaultEngine(() -> handlers(around));
    }

    private static Map<Phase, PhaseHandler> handlers(Around around) {
        Map<Phase, PhaseHandler> handlers = PhaseHandlers.all();
        handlers.replaceAll((phase, handler) -> context -> around.run(new Row(kind(context), phase), handler, context));
        return handlers;
    }

    private static Kind kind(RunContext context) {
        String name = context.migration().getStatus().getItinerary();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return a migration of a plan with hooks at every point, images and volumes, that enters every row it can} */
    static Migration migration(TestBed bed, Route images) {
        PlanBuilder plan = bed.planned();
        if (images == Route.INDIRECT) {
            plan.via(Storage.directory(Path.of("repository"))).indirectImages();
        }
        plan.hook(HookPoint.PRE_BACKUP, Hook.image("docker.example/hook:1").inNamespace(TestBed.APP));
        for (HookPoint point : List.of(HookPoint.POST_BACKUP, HookPoint.PRE_RESTORE, HookPoint.POST_RESTORE)) {
            plan.hook(point, Hook.call(hook -> {}));
        }
        return bed.migration(plan.build()).warm();
    }

    /**
     * {@return an engine that takes a run into an itinerary: what keeps a cut-over from succeeding happens when all runs on the
     * target}
     *
     * @param kind the itinerary
     * @param running the run
     * @param around what is done instead of each phase
     */
    static MigrationEngine engine(Kind kind, CompletableFuture<MigrationRun> running, Around around) {
        return engine((row, phase, context) -> {
            if (row.equals(new Row(Kind.FINAL, Phase.POST_RESTORE_HOOKS))) {
                if (kind == Kind.CANCEL) {
                    running.join().cancel();
                } else if (kind == Kind.FAILED) {
                    throw new IllegalStateException("the customers complain");
                }
            }
            return around.run(row, phase, context);
        });
    }

    static MigrationRun start(Migration migration, Kind kind) {
        return switch (kind) {
            case STAGE -> migration.stage();
            case ROLLBACK -> migration.rollback();
            case FINAL, CANCEL, FAILED -> migration.cutover();
        };
    }

    /** {@return how a run ends that has gone through an itinerary} */
    static Status end(Kind kind) {
        return switch (kind) {
            case CANCEL -> Status.CANCELED;
            case FAILED -> Status.FAILED;
            case STAGE, FINAL, ROLLBACK -> Status.SUCCEEDED;
        };
    }
}
