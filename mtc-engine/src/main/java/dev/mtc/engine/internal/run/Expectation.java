package dev.mtc.engine.internal.run;

import dev.mtc.api.Preview;
import dev.mtc.api.RunRequest.Kind;

/** Tells where a cut-over was not what the preview said with which it was made. */
final class Expectation {

    private Expectation() {}

    /**
     * Notes the deviations as warnings.
     *
     * @param context of a run that has nothing left to do
     * @param wentThrough whether it came to its good end; otherwise much of the preview is naturally not done
     */
    static void compare(RunContext context, boolean wentThrough) {
        Preview expected = context.request().expected();
        if (expected == null || context.request().kind() != Kind.CUTOVER) {
            return;
        }
        expected.deviations(context.journal().items()).stream()
                .filter(deviation -> wentThrough || !deviation.code().equals(Preview.PREVIEWED_NOT_DONE))
                .forEach(context.journal()::warn);
    }
}
