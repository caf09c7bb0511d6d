package dev.mtc.engine.internal.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.OutcomeUnknownException;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.objects.RestoreSettings;
import dev.mtc.engine.internal.objects.TargetNamespaces;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.run.RunContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One hook's Job within a run: made if it is not there, then looked at until it has ended. It stays when it has, so that
 * whoever looks again, after a crash too, sees how it ended and does not run it twice. What this gives up on is stopped and
 * carries the reason in an annotation, for the same purpose.
 */
public final class HookRun {

    /** On a Job: why it was given up. */
    static final String GIVEN_UP = "migration.openshift.io/hook-given-up";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofSeconds(3);
    private static final String MEND = "mend what the hook found, then run the migration again";

    private final RunContext context;
    private final ApiServer server;
    private final HookJob job;
    private final Instant begun;
    private @Nullable Instant stuckSince;
    private boolean made;
    private boolean complete;

    /** Looks after a hook of a run's plan. */
    public HookRun(RunContext context, HookPoint point, Hook.Job hook) {
        this.context = context;
        this.server = context.server(hook.side());
        this.job = new HookJob(context.plan(), point, hook, context.planUid(), context.migrationUid());
        this.begun = context.clock().instant();
    }

    /** {@return how far the hook is} */
    public Outcome look() {
        Optional<ObjectNode> found = server.find(job.path());
        if (found.isEmpty()) {
            return made ? failed("was deleted while it ran, but not by this run", MEND) : make();
        }
        made = true;
        if (!complete) {
            complete = job.playbook(found.get().path("metadata").path("uid").asText())
                    .map(playbook -> create(job.site().configMaps(), playbook))
                    .orElse(true);
        }
        return ended(found.get()).orElseGet(() -> running(found.get()));
    }

    private Outcome make() {
        HookSite site = job.site();
        if (site.origin(context.plan()).isPresent()) {
            TargetNamespaces.Ensured namespaces = TargetNamespaces.of(
                            server,
                            RestoreSettings.of(context.plan(), context.planUid(), context.migrationUid()),
                            context.server(Side.SOURCE))
                    .ensure();
            namespaces.outcomes().forEach(context.journal()::item);
            if (namespaces.unready().contains(site.namespace())) {
                return Outcome.waitFor(SOON, "the default ServiceAccount of target namespace " + site.namespace());
            }
        }
        if (server.find(site.accountPath()).isEmpty()) {
            return failed(
                    "was not made, as there is no service account '" + site.account() + "' in namespace "
                            + site.namespace(),
                    "make it, or name another with serviceAccount(…), then run the migration again");
        }
        try {
            made = create(site.jobs(), job.job());
        } catch (ClusterAccessException e) {
            if (e.remedy() == Remedy.RETRY) {
                throw e;
            }
            return failed("was refused: " + e.getMessage(), "then run the migration again");
        }
        return waiting("starts");
    }

    /** Makes an object unless it is there; {@return whether that is certain, which it is not when the answer got lost} */
    private boolean create(String collection, ObjectNode object) {
        try {
            server.create(collection, object);
        } catch (ClusterAccessException e) {
            boolean isThere = e.status() == 409;
            if (!isThere) {
                throw e;
            }
        } catch (OutcomeUnknownException e) {
            return false;
        }
        return true;
    }

    private Optional<Outcome> ended(ObjectNode found) {
        String givenUp =
                found.path("metadata").path("annotations").path(GIVEN_UP).asText("");
        if (!givenUp.isEmpty()) {
            return Optional.of(failed(givenUp, MEND));
        }
        for (JsonNode condition : found.path("status").path("conditions")) {
            boolean holds = condition.path("status").asText().equals("True");
            String type = condition.path("type").asText();
            if (holds && type.equals("Complete")) {
                return Optional.of(succeeded(found));
            } else if (holds && type.equals("Failed")) {
                HookPods pods = HookPods.of(server, job);
                String why = condition.path("reason").asText("");
                return Optional.of(failed("failed (" + why + ") in attempt " + pods.attempts() + pods.ending(), MEND));
            }
        }
        return found.path("metadata").has("deletionTimestamp")
                ? Optional.of(failed("is being deleted, but not by this run", MEND))
                : Optional.empty();
    }

    private Outcome running(ObjectNode found) {
        Instant now = context.clock().instant();
        Duration limit = job.hook().deadline();
        HookPods pods = HookPods.of(server, job);
        Duration far = limit.plus(context.pendingLimit()).plus(HookJob.GRACE.multipliedBy(2));
        if (pods.isOverdue() || now.isAfter(begun.plus(far))) {
            String why = "did not end within " + ProgressLines.duration(limit);
            return giveUp(why + pods.ending(), "mend or quicken the hook, or allow it more with deadline(…)");
        }
        if (!pods.isStarting()) {
            stuckSince = null;
            return waiting(
                    "runs, attempt " + pods.attempts() + " of " + (job.hook().retries() + 1));
        }
        List<String> obstacles = pods.obstacles();
        Instant since = stuckSince == null ? now : stuckSince;
        stuckSince = since;
        if (now.isBefore(since.plus(context.pendingLimit()))) {
            return waiting("starts" + (obstacles.isEmpty() ? "" : ": " + String.join("; ", obstacles)));
        }
        List<String> causes = obstacles.isEmpty() ? complaints(found) : obstacles;
        return giveUp(
                "did not start within " + ProgressLines.duration(context.pendingLimit())
                        + (causes.isEmpty() ? "" : ": " + String.join("; ", causes)),
                "remove the cause, then run the migration again");
    }

    /** {@return what the cluster says about a Job for which it makes no pod} */
    private List<String> complaints(ObjectNode found) {
        String uid = found.path("metadata").path("uid").asText();
        String selector = URLEncoder.encode("involvedObject.uid=" + uid, StandardCharsets.UTF_8);
        JsonNode events =
                server.get(job.site().events() + "?fieldSelector=" + selector).path("items");
        for (JsonNode event : events) {
            if (event.path("reason").asText().equals("FailedCreate")) {
                return List.of(event.path("message").asText());
            }
        }
        return List.of();
    }

    private Outcome giveUp(String why, String fix) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").putObject("annotations").put(GIVEN_UP, why);
        patch.putObject("spec").put("parallelism", 0);
        server.merge(job.path(), patch);
        return failed(why, fix);
    }

    private Outcome waiting(String how) {
        Duration waited = Duration.between(begun, context.clock().instant()).dividedBy(10);
        Duration delay = waited.compareTo(SOON) < 0 ? SOON : waited.compareTo(LATER) > 0 ? LATER : waited;
        return new Outcome.Wait(
                delay,
                "the " + job.point().wireName() + " hook, Job " + job + " on the "
                        + job.hook().side().word() + ", " + how,
                List.of(ProgressLines.job(job.toString(), "Running")));
    }

    private Outcome succeeded(ObjectNode found) {
        JsonNode status = found.path("status");
        Duration took = Duration.between(
                Instant.parse(status.path("startTime").asText(begun.toString())),
                Instant.parse(status.path("completionTime").asText(begun.toString())));
        note(ItemOutcome.Action.RAN, "succeeded in " + took.toSeconds() + " s");
        return new Outcome.Advance(List.of(ProgressLines.job(job.toString(), "Succeeded")));
    }

    private Outcome failed(String why, String fix) {
        note(ItemOutcome.Action.FAILED, why.lines().findFirst().orElse(""));
        String point = job.point().wireName();
        Problem problem = Problem.error(
                "hooks[" + point + "]", point + "HooksFailed", "Job " + job + " on the " + server + " " + why, fix);
        return new Outcome.Fail(List.of(problem), List.of(ProgressLines.job(job.toString(), "Failed")));
    }

    private void note(ItemOutcome.Action action, String how) {
        context.journal()
                .item(new ItemOutcome("hook", job.point().wireName(), action, 0, 0, "Job " + job + " " + how, null));
    }
}
