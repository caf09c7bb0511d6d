package dev.mtc.testkit;

import dev.mtc.api.MigrationResult;

/** Where assertions begin, to be imported statically. */
public final class MtcAssertions {

    private MtcAssertions() {}

    /**
     * {@return assertions on how a migration ended}
     *
     * @param result of a run
     */
    public static MigrationResultAssert assertThat(MigrationResult result) {
        return new MigrationResultAssert(result);
    }
}
