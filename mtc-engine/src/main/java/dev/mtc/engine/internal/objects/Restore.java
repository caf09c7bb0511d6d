package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings an archive's objects to the target, wave after wave, many at a time within one. May be repeated at any time: what is
 * there and equal is not written. An object that fails is named and the others go on. Webhooks come after all else and only when what
 * they call is ready, since they may refuse anything.
 */
public final class Restore {

    private static final String OBJECT = "object";

    private final ApiServer target;
    private final Archive archive;
    private final Executor executor;
    private final TargetNamespaces namespaces;
    private final Preparation preparation;
    private final Conflicts conflicts;
    private final ContentDigests digests;
    private final ClusterReferences references;
    private final Surroundings surroundings;
    private final Discovery discovery;
    private final RestoreSettings settings;

    private Restore(
            ApiServer target, Discovery discovery, RestoreSettings settings, Archive archive, Executor executor) {
        this.target = target;
        this.archive = archive;
        this.executor = executor;
        this.settings = settings;
        this.surroundings = Surroundings.of(archive);
        this.namespaces = TargetNamespaces.of(target, settings, archive);
        this.preparation = Preparation.of(discovery, settings, surroundings);
        this.conflicts = new Conflicts(settings, surroundings);
        this.digests = new ContentDigests(settings, conflicts::isAutoscaled);
        this.references = new ClusterReferences(target, discovery, settings, surroundings);
        this.discovery = discovery;
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
        Adoption adoption = new Adoption(target, discovery);
        ObjectWriter.Means means = new ObjectWriter.Means(target, conflicts, adoption, digests);
        ObjectWriter writer = new ObjectWriter(means, ledger, executor, stopping);
        WebhookWave webhooks = new WebhookWave(conflicts, new WebhookBackends(target, writer::pause), ledger);
        eachWave(
                (prepared, kept) -> {
                    if (!webhooks.holdsBack(prepared, kept)) {
                        adoption.expect(prepared, kept.object());
                        writer.write(prepared, kept);
                    }
                },
                prepared -> noteUnapplied(prepared, ledger),
                writer::drain);
        writer.giveSecondChances();
        List<Problem> withoutOwners = adoption.complete(executor, stopping);
        webhooks.writeTo(writer);
        writer.giveSecondChances();
        return ledger.result().and(withoutOwners);
    }

    /** {@return what {@link #ensureNamespaces} and {@link #apply} would do; changes nothing} */
    public Preview preview() {
        List<Preview.Action> actions = new ArrayList<>(namespaces.preview());
        List<Problem> warnings = new ArrayList<>(namespaces.warnings());
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
            BiConsumer<Prepared.Applicable, Existing.Kept> applicable, Consumer<Prepared> other, Runnable endOfWave) {
        Existing existing = new Existing(target, executor);
        for (Set<Integer> waves : surroundings.passes()) {
            AtomicInteger last = new AtomicInteger(-1);
            archive.forEach(
                    key -> !key.resource().equals("namespaces") && waves.contains(ApplyOrder.wave(key.resource())),
                    (key, object) -> {
                        boolean another =
                                last.getAndSet(ApplyOrder.wave(key.resource())) != ApplyOrder.wave(key.resource());
                        if (another) {
                            endOfWave.run();
                        }
                        JsonNode status = object.path("status");
                        Prepared prepared = references.look(preparation.prepare(key, object));
                        if (prepared instanceof Prepared.Applicable ready) {
                            if (status.isObject() && settings.restoresStatus(ready.type())) {
                                ready.object().set("status", status);
                            }
                            applicable.accept(ready, existing.of(ready.type(), ready.key()));
                        } else {
                            other.accept(prepared);
                        }
                    });
            endOfWave.run();
        }
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
        boolean applied = verb == Verb.CREATE || verb == Verb.UPDATE || verb == Verb.UNCHANGED;
        boolean differs = verb != Verb.CREATE && verb != Verb.UNCHANGED;
        return Preview.Action.of(
                        verb, OBJECT, prepared.key().toString(), Ledger.advice(decision.reason(), prepared.problems()))
                .transforms(prepared.transforms())
                .changes(differs ? conflicts.changes(prepared, existing) : List.of())
                .contentDigest(applied ? digests.of(prepared) : "");
    }
}
