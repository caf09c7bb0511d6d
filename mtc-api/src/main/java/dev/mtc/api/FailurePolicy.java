package dev.mtc.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a migration does after it failed.
 *
 * @since 0.1
 */
public enum FailurePolicy {
    /** Remove helpers, keep what arrived on the target, start the source again; the default. */
    CLEAN_UP("cleanup"),
    /** Leave everything as it is, for looking at it; resume or roll back later. */
    KEEP("keep"),
    /** Remove what arrived on the target and start the source again. */
    ROLL_BACK("rollback");

    private final String word;

    FailurePolicy(String word) {
        this.word = word;
    }

    /** {@return the policy as annotation {@code mtc.dev/on-failure} of a MigMigration has it: cleanup, keep or rollback} */
    public String word() {
        return word;
    }

    /**
     * {@return the policy that a word stands for, if it stands for one}
     *
     * @param word as {@link #word()} has it
     */
    public static Optional<FailurePolicy> ofWord(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word.equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FailurePolicy::word).toList();
    }
}
