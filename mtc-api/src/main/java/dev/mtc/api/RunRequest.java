package dev.mtc.api;

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
        WARM
    }

    public RunRequest {
        options = Set.copyOf(options);
        listeners = List.copyOf(listeners);
        providers = List.copyOf(providers);
    }
}
