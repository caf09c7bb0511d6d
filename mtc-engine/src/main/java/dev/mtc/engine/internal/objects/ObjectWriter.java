package dev.mtc.engine.internal.objects;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MtcException;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Writes objects at the pace that the target bears, and notes what became of each. What is equal on the target is not written; what
 * fails is named, and tried again if that may help. Used by one thread.
 */
final class ObjectWriter {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 100;

    private final ApiServer target;
    private final Conflicts conflicts;
    private final Application application;
    private final ContentDigests digests;
    private final NewDefinitions definitions;
    private final Ledger ledger;
    private final BooleanSupplier stopping;
    private final Lanes lanes;
    private final SecondChances<Attempt> chances;

    ObjectWriter(Means means, Ledger ledger, Executor executor, BooleanSupplier stopping) {
        this.target = means.target();
        this.conflicts = means.conflicts();
        this.application = new Application(target, means.adoption());
        this.digests = means.digests();
        this.definitions = new NewDefinitions(target);
        this.ledger = ledger;
        this.stopping = stopping;
        this.lanes = Lanes.on(executor, target.pace()::limit);
        this.chances = SecondChances.within(PATIENCE, this::pause);
    }

    /** Where objects are written, what is done with those that are there, who gives them owners and tells their contents apart. */
    record Means(ApiServer target, Conflicts conflicts, Adoption adoption, ContentDigests digests) {}

    /** What is to be written. */
    private record Attempt(int number, Prepared.Applicable prepared, Existing.Kept kept)
            implements Comparable<Attempt> {
        @Override
        public int compareTo(Attempt other) {
            return Integer.compare(number, other.number);
        }

        Attempt lookingAgain(ApiServer target) {
            return new Attempt(number, prepared, Existing.find(target, prepared.type(), prepared.key()));
        }
    }

    /** Begins to write an object, as soon as there is room. */
    void write(Prepared.Applicable prepared, Existing.Kept kept) {
        stopIfAsked();
        if (chances.isFull()) {
            giveSecondChances();
        }
        Attempt attempt = new Attempt(ledger.begin(), prepared, kept);
        Conflicts.Decision decision = conflicts.decide(prepared, kept.object());
        if (decision.verb() == Verb.UNCHANGED) {
            carryOut(attempt, decision);
        } else {
            lanes.run(() -> tryOnce(attempt, decision));
        }
    }

    /** Waits until all that was begun has ended, and new kinds are served. */
    void drain() {
        lanes.drain();
        definitions.await();
    }

    /** Tries once more what was refused: what it needed may be there now, and what was busy may have time. */
    void giveSecondChances() {
        lanes.drain();
        chances.use(attempts -> {
            for (Attempt attempt : attempts) {
                stopIfAsked();
                lanes.run(() -> tryAgain(attempt));
            }
            lanes.drain();
        });
    }

    private void tryOnce(Attempt attempt, Conflicts.Decision decision) {
        try {
            carryOut(attempt, decision);
        } catch (ClusterAccessException e) {
            boolean listedOtherwise = e.status() == 409 || (e.status() == 404 && decision.verb() == Verb.UPDATE);
            if (listedOtherwise) {
                tryAgain(attempt);
            } else {
                noteFailure(attempt, e);
            }
        } catch (MtcException e) {
            noteFailure(attempt, e);
        }
    }

    private void tryAgain(Attempt before) {
        try {
            Attempt attempt = before.lookingAgain(target);
            carryOut(
                    attempt, conflicts.decide(attempt.prepared(), attempt.kept().object()));
        } catch (MtcException e) {
            noteFailure(before, e);
        }
    }

    private void carryOut(Attempt attempt, Conflicts.Decision decision) {
        Prepared.Applicable prepared = attempt.prepared();
        ObjectKey key = prepared.key();
        List<Problem> problems = new ArrayList<>(prepared.problems());
        Action action =
                switch (decision.verb()) {
                    case CREATE, UPDATE -> {
                        application.write(prepared, attempt.kept().object());
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
        ItemOutcome outcome = Ledger.outcome(key, action, decision.reason()).contentDigest(digests.wanted(prepared));
        ledger.note(attempt.number(), outcome, problems);
    }

    private void noteFailure(Attempt attempt, MtcException e) {
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
        chances.add(attempt, e);
    }

    private void stopIfAsked() {
        if (stopping.getAsBoolean()) {
            lanes.drain();
            throw new CancellationException("Applying objects was stopped");
        }
    }

    /** Waits, and ends the work if that is to be stopped. */
    void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            stopIfAsked();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
