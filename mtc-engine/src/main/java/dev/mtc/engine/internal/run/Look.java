package dev.mtc.engine.internal.run;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Plan;
import dev.mtc.api.Provider;
import dev.mtc.api.RunRequest;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigMigration;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Something that looks at a plan's clusters and changes nothing. */
public final class Look {

    private static final Duration PENDING_LIMIT = Duration.ofMinutes(5);

    private Look() {}

    /**
     * {@return what a look shows, which gets a context like that of a run}
     *
     * @param planUid the uid of the plan, empty if it follows from the plan's name and clusters
     * @param providers go before those that are found
     */
    public static <T> T at(Plan plan, String planUid, List<Provider> providers, Function<RunContext, T> look) {
        String name = plan.name() + "-look";
        MigMigration none = new MigMigration();
        try (RunThreads threads = new RunThreads(name, null);
                StateStore state = StateStore.memory()) {
            none.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace(state.namespace())
                    .withUid(UUID.randomUUID().toString())
                    .build());
            RunRequest request = new RunRequest(
                    plan,
                    Kind.CUTOVER,
                    Set.of(),
                    RunRequest.RunAs.UNSAID,
                    null,
                    state,
                    List.of(),
                    providers,
                    null,
                    Clock.systemUTC(),
                    PENDING_LIMIT,
                    FailurePolicy.KEEP,
                    null);
            try (RunContext context = new RunContext(request, none, threads.executor(), planUid)) {
                return look.apply(context);
            }
        }
    }
}
