package dev.mtc.transfer.internal.registry;

import java.io.IOException;

/** The transfer was told to stop. */
final class StoppedException extends IOException {

    private static final long serialVersionUID = 1;

    StoppedException() {
        super("The transfer was stopped");
    }
}
