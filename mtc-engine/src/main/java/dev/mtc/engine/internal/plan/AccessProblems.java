package dev.mtc.engine.internal.plan;

import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;

/** Failed calls as problems. Their messages end with the remedy, which a problem keeps apart. */
final class AccessProblems {

    private AccessProblems() {}

    static Problem critical(String where, String code, MtcException e) {
        String text = String.valueOf(e.getMessage());
        int remedy = text.lastIndexOf("; ");
        return remedy < 0
                ? Problem.critical(where, code, text, "remove the cause and check again")
                : Problem.critical(where, code, text.substring(0, remedy), text.substring(remedy + 2));
    }
}
