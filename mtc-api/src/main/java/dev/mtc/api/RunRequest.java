package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.MigMigration;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is asked to run; made by {@link Migration}.
 *
 * @param plan the plan
 * @param kind what to do
 * @param options flags of the MigMigration
 * @param runAs as whom the MigMigration asks copies to run
 * @param name the name of its MigMigration, or null for one made from plan and kind
 * @param state where its state is kept; never closed by the engine
 * @param listeners who watches
 * @param providers movers and storage providers that go before those found by {@link java.util.ServiceLoader}
 * @param executor where work runs, never closed by the engine; null for threads of the run's own
 * @param clock the clock
 * @param pendingLimit how long pods and claims may stay pending
 * @param onFailure what happens after a failure
 * @param expected the preview with which a cut-over is compared, or null
 * @since 0.1
 */
public record RunRequest(
        Plan plan,
        Kind kind,
        Set<Option> options,
        RunAs runAs,
        @Nullable String name,
        StateStore state,
        List<MigrationListener> listeners,
        List<Provider> providers,
        @Nullable Executor executor,
        Clock clock,
        Duration pendingLimit,
        FailurePolicy onFailure,
        @Nullable Preview expected) {

    /** What to do. */
    public enum Kind {
        /** Copy data ahead; the applications keep running. */
        STAGE,
        /** Move the application. */
        CUTOVER,
        /** Copy volumes only, MTC's {@code migrateState}. */
        STATE,
        /** Undo a cut-over or a state migration. */
        ROLLBACK
    }

    /** Flags of a MigMigration. */
    public enum Option {
        /** {@code quiescePods}: stop the source's applications before the last copy. */
        QUIESCE,
        /** {@code verify}: wait until the target's applications are ready. */
        VERIFY,
        /** Annotation {@code mtc.dev/warm}: copy volumes once before the source's applications are stopped. */
        WARM,
        /** {@code keepAnnotations}: kept with the run; nothing follows from it, as objects of the source are not marked. */
        KEEP_ANNOTATIONS
    }

    /**
     * As whom copies of volumes should run. Kept with the run, whose result warns of it where it is not followed, as movers
     * choose the user of their pods.
     *
     * @param root {@code runAsRoot}, null if nothing is said
     * @param user {@code runAsUser}, null if nothing is said
     * @param group {@code runAsGroup}, null if nothing is said
     */
    public record RunAs(@Nullable Boolean root, @Nullable Long user, @Nullable Long group) {

        /** Nothing is said, the usual. */
        public static final RunAs UNSAID = new RunAs(null, null, null);
    }

    public RunRequest {
        options = Set.copyOf(options);
        listeners = List.copyOf(listeners);
        providers = List.copyOf(providers);
    }

    /**
     * {@return the MigMigration that asks for the same} What a MigMigration has no field for is in annotations
     * {@code mtc.dev/…}.
     *
     * @param name its name
     * @param namespace its namespace and that of its plan
     */
    public MigMigration toMigMigration(String name, String namespace) {
        return new MigrationSheet(plan, kind, options, runAs, onFailure).write(name, namespace);
    }
}
