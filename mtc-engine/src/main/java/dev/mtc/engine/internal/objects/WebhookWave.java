package dev.mtc.engine.internal.objects;

import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.ArrayList;
import java.util.List;

/**
 * Webhook configurations, held back until every other object is there, and left out while what they call is not ready: one that fails
 * calls would refuse the very pods that have to answer it. Used by one thread.
 */
final class WebhookWave {

    private final Conflicts conflicts;
    private final WebhookBackends backends;
    private final Ledger ledger;
    private final List<Held> held = new ArrayList<>();

    private record Held(Prepared.Applicable prepared, Existing.Kept kept) {}

    WebhookWave(Conflicts conflicts, WebhookBackends backends, Ledger ledger) {
        this.conflicts = conflicts;
        this.backends = backends;
        this.ledger = ledger;
    }

    /** {@return whether an object is a webhook configuration, which is then kept for later} */
    boolean holdsBack(Prepared.Applicable prepared, Existing.Kept kept) {
        return CompanionKinds.WEBHOOKS.contains(prepared.key().resource()) && held.add(new Held(prepared, kept));
    }

    /** Writes those whose services answer. Blocks until they do, or for as long as there is patience. */
    void writeTo(ObjectWriter writer) {
        for (Held each : held) {
            List<String> unready =
                    isWritten(each) ? backends.awaitReady(each.prepared().object()) : List.of();
            if (unready.isEmpty()) {
                writer.write(each.prepared(), each.kept());
            } else {
                leaveOut(each.prepared(), unready);
            }
        }
    }

    private boolean isWritten(Held each) {
        Verb verb = conflicts.decide(each.prepared(), each.kept().object()).verb();
        return verb == Verb.CREATE || verb == Verb.UPDATE;
    }

    private void leaveOut(Prepared.Applicable prepared, List<String> unready) {
        String why = "it calls " + String.join(", ", unready) + ", where no pod is ready, and would refuse objects";
        List<Problem> problems = new ArrayList<>(prepared.problems());
        problems.add(Problem.warning(
                "target " + prepared.key(),
                "WebhookNotReady",
                why,
                "see why no pod of the service is ready, then run the migration again or make the webhook by hand"));
        ledger.note(ledger.begin(), Ledger.outcome(prepared.key(), Action.SKIPPED, why), problems);
    }
}
