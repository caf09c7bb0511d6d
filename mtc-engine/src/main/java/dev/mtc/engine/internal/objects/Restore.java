package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MtcException;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an archive's objects to the target, wave after wave, many at a time within one. May be repeated at any time: what is
 * there and equal is not written. An object that fails is named and the others go on.
 */
public final class Restore {

    private static final String OBJECT = "object";

    private final ApiServer target;
    private final Archive archive;
    private final Executor executor;
    private final TargetNamespaces namespaces;
    private final Preparation preparation;
    private final Conflicts conflicts;
    private final Application application;
    private final NewDefinitions definitions;

    private Restore(
            ApiServer target, Discovery discovery, RestoreSettings settings, Archive archive, Executor executor) {
        this.target = target;
        this.archive = archive;
        this.executor = executor;
        Surroundings surroundings = Surroundings.of(archive);
        this.namespaces = TargetNamespaces.of(target, settings, archive);
        this.preparation = Preparation.of(discovery, settings, surroundings);
        this.conflicts = new Conflicts(settings, surroundings);
        this.application = new Application(target);
        this.definitions = new NewDefinitions(target);
    }

    /**
     * {@return a restore; the archive is read, nothing is sent yet}
     *
     * @param target the target cluster
     * @param discovery what it serves
     * @param settings how objects are changed
     * @param archive what was captured
     * @param executor on which objects are written
     */
    public static Restore of(
            ApiServer target, Discovery discovery, RestoreSettings settings, Archive archive, Executor executor) {
        return new Restore(target, discovery, settings, archive, executor);
    }

    /**
     * Makes the missing namespaces. Call it until none is unready, then {@link #apply}.
     *
     * @return what was done, and where to wait
     */
    public TargetNamespaces.Ensured ensureNamespaces() {
        return namespaces.ensure();
    }

    /**
     * Applies everything but the namespaces. Blocks.
     *
     * @param progress told the number of objects so far, from several threads
     */
    public RestoreResult apply(LongConsumer progress) {
        return apply(progress, () -> false);
    }

    /**
     * Applies everything but the namespaces. Blocks.
     *
     * @param progress told the number of objects so far, from several threads
     * @param stopping whether to begin no further object
     * @throws CancellationException if it was stopped; nothing is written after that
     */
    public RestoreResult apply(LongConsumer progress, BooleanSupplier stopping) {
        Ledger ledger = new Ledger(progress);
        Queue<Failed> failed = new ConcurrentLinkedQueue<>();
        Lanes lanes = Lanes.on(executor);
        eachWave(
                (prepared, kept) -> {
                    if (stopping.getAsBoolean()) {
                        lanes.drain();
                        throw new CancellationException("Applying objects was stopped");
                    }
                    int number = ledger.begin();
                    lanes.run(() -> write(new Attempt(number, prepared, kept), ledger, failed));
                },
                prepared -> noteUnapplied(prepared, ledger),
                () -> {
                    lanes.drain();
                    definitions.await();
                });
        retry(failed, ledger);
        return ledger.result();
    }

    /** {@return what {@link #ensureNamespaces} and {@link #apply} would do; changes nothing} */
    public Preview preview() {
        List<Preview.Action> actions = new ArrayList<>(namespaces.preview());
        List<Problem> warnings = new ArrayList<>();
        eachWave(
                (prepared, kept) -> {
                    ObjectNode existing = Marks.presentOrMade(prepared.key(), kept.object());
                    actions.add(action(prepared, conflicts.decide(prepared, existing), existing));
                    warnings.addAll(warnings(prepared));
                },
                prepared -> {
                    warnings.addAll(warnings(prepared));
                    Verb verb = verbOfUnapplied(prepared);
                    actions.add(
                            Preview.Action.of(verb, OBJECT, sourceKey(prepared).toString(), reason(prepared)));
                },
                () -> {});
        return new Preview(actions, warnings);
    }

    private static List<Problem> warnings(Prepared prepared) {
        return prepared.problems().stream()
                .filter(problem -> problem.severity() != Problem.Severity.ADVISORY)
                .toList();
    }

    /** {@return what would keep objects from being applied: conflicts and failing transforms; changes nothing} */
    public List<Problem> conflicts() {
        List<Problem> found = new ArrayList<>();
        eachWave(
                (prepared, kept) -> {
                    Conflicts.Decision decision = conflicts.decide(prepared, kept.object());
                    if (decision.verb() == Verb.CONFLICT) {
                        found.add(Conflicts.conflict(prepared.key(), decision.reason()));
                    }
                },
                prepared -> prepared.problems().stream().filter(Problem::blocks).forEach(found::add),
                () -> {});
        return found;
    }

    private void eachWave(
            BiConsumer<Prepared.Applicable, Existing.Kept> applicable,
            java.util.function.Consumer<Prepared> other,
            Runnable endOfWave) {
        Existing existing = new Existing(target);
        for (int wave = 0; wave < ApplyOrder.waves(); wave++) {
            int current = wave;
            archive.forEach(
                    key -> !key.resource().equals("namespaces") && ApplyOrder.wave(key.resource()) == current,
                    (key, object) -> {
                        Prepared prepared = preparation.prepare(key, object);
                        if (prepared instanceof Prepared.Applicable ready) {
                            applicable.accept(ready, existing.of(ready.type(), ready.key()));
                        } else {
                            other.accept(prepared);
                        }
                    });
            endOfWave.run();
        }
    }

    /** What is to be written. */
    private record Attempt(int number, Prepared.Applicable prepared, Existing.Kept kept) {}

    /** What could not be written. */
    private record Failed(Attempt attempt, MtcException cause) {}

    private void write(Attempt attempt, Ledger ledger, Queue<Failed> failed) {
        Conflicts.Decision decision =
                conflicts.decide(attempt.prepared(), attempt.kept().object());
        try {
            write(attempt, decision, ledger);
        } catch (MtcException e) {
            noteFailure(attempt, e, ledger);
            failed.add(new Failed(attempt, e));
        }
    }

    private void write(Attempt attempt, Conflicts.Decision decision, Ledger ledger) {
        Prepared.Applicable prepared = attempt.prepared();
        ObjectKey key = prepared.key();
        List<Problem> problems = new ArrayList<>(prepared.problems());
        Action action =
                switch (decision.verb()) {
                    case CREATE, UPDATE -> {
                        application.write(prepared, decision.verb());
                        definitions.note(prepared);
                        yield decision.verb() == Verb.CREATE ? Action.CREATED : Action.UPDATED;
                    }
                    case CONFLICT -> {
                        problems.add(Conflicts.conflict(key, decision.reason()));
                        yield Action.FAILED;
                    }
                    case SKIP -> {
                        problems.add(Conflicts.leftAlone(key, decision.reason()));
                        yield Action.SKIPPED;
                    }
                    default -> Action.UNCHANGED;
                };
        ledger.note(attempt.number(), Ledger.outcome(key, action, decision.reason()), problems);
    }

    private static void noteFailure(Attempt attempt, MtcException e, Ledger ledger) {
        ObjectKey key = attempt.prepared().key();
        String why = String.valueOf(e.getMessage());
        List<Problem> problems = Stream.concat(
                        attempt.prepared().problems().stream(),
                        Stream.of(Problem.error(
                                "target " + key,
                                "ObjectNotApplied",
                                why,
                                "correct the cause, or change or exclude the object, and run again")))
                .toList();
        ledger.note(attempt.number(), Ledger.outcome(key, Action.FAILED, why), problems);
    }

    /** Once more at the end: what an object needed may be there now, and what was busy may have time. */
    private void retry(Queue<Failed> failed, Ledger ledger) {
        Lanes lanes = Lanes.on(executor);
        Queue<Failed> forGood = new ConcurrentLinkedQueue<>();
        failed.stream()
                .filter(failure -> mayPass(failure.cause()))
                .forEach(failure -> lanes.run(() -> write(failure.attempt(), ledger, forGood)));
        lanes.drain();
    }

    private static boolean mayPass(MtcException cause) {
        if (cause instanceof ClusterAccessException refused) {
            int status = refused.status();
            boolean invalid = status == 400 || status == 401 || status == 422;
            return !invalid;
        }
        return true;
    }

    private static void noteUnapplied(Prepared prepared, Ledger ledger) {
        Action action = prepared instanceof Prepared.Failed ? Action.FAILED : Action.SKIPPED;
        ledger.note(ledger.begin(), Ledger.outcome(sourceKey(prepared), action, reason(prepared)), prepared.problems());
    }

    private static ObjectKey sourceKey(Prepared prepared) {
        if (prepared instanceof Prepared.Skipped skipped) {
            return skipped.key();
        } else if (prepared instanceof Prepared.Unsupported unsupported) {
            return unsupported.key();
        }
        return prepared instanceof Prepared.Failed failed ? failed.key() : ((Prepared.Applicable) prepared).key();
    }

    private static String reason(Prepared prepared) {
        if (prepared instanceof Prepared.Unsupported unsupported) {
            return unsupported.reason();
        }
        return prepared instanceof Prepared.Skipped skipped
                ? skipped.reason()
                : prepared.problems().stream()
                        .filter(Problem::blocks)
                        .map(Problem::message)
                        .findFirst()
                        .orElse("");
    }

    private static Verb verbOfUnapplied(Prepared prepared) {
        if (prepared instanceof Prepared.Failed) {
            return Verb.CONFLICT;
        }
        return prepared instanceof Prepared.Unsupported ? Verb.UNSUPPORTED : Verb.SKIP;
    }

    private Preview.Action action(
            Prepared.Applicable prepared, Conflicts.Decision decision, @Nullable ObjectNode existing) {
        Verb verb = decision.verb();
        boolean differs = verb != Verb.CREATE && verb != Verb.UNCHANGED;
        return Preview.Action.of(
                        verb, OBJECT, prepared.key().toString(), Ledger.advice(decision.reason(), prepared.problems()))
                .transforms(prepared.transforms())
                .changes(differs ? conflicts.changes(prepared, existing) : List.of());
    }
}
