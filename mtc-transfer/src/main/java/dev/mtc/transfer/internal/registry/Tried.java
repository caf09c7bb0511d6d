package dev.mtc.transfer.internal.registry;

/**
 * What was tried and where, for messages.
 *
 * @param what a verb and its object, for example {@code read the manifest 1}
 * @param where registry and repository
 */
record Tried(String what, String where) {

    /**
     * What went wrong, and the way out.
     *
     * @param text the whole sentence
     * @param fix what to do about it
     */
    record Trouble(String text, String fix) {}

    Trouble but(String why, String fix) {
        return new Trouble("tried to " + what + " on " + where + " but " + why, fix);
    }
}
