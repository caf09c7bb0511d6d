package dev.mtc.testkit;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import java.time.Duration;

/**
 * Where assertions begin, to be imported statically.
 *
 * @since 0.1
 */
public final class MtcAssertions {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private MtcAssertions() {}

    /**
     * {@return assertions on how a migration ended}
     *
     * @param result of a run
     */
    public static MigrationResultAssert assertThat(MigrationResult result) {
        return new MigrationResultAssert(result);
    }

    /**
     * {@return assertions on how a migration ended, once it has} Waits for five minutes at most.
     *
     * @param run one that is running or has ended
     * @throws dev.mtc.api.AwaitEndedException if it has not ended by then
     */
    public static MigrationResultAssert assertThat(MigrationRun run) {
        return assertThat(run.await(LIMIT));
    }
}
