package dev.mtc.engine.internal.hook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.run.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The Job of a hook, and the ConfigMap with its playbook, as MTC makes them (MTC's hooks reference), with three differences.
 * Its name has the form that the server would generate, but follows from the run, so that a create whose answer was lost, or
 * which two processes sent, makes no second Job. A pod that fails is not restarted in place but followed by another: with
 * MTC's {@code OnFailure} the last failure deletes the pod and with it the log that tells why. And the deadline holds for all
 * attempts together, not for each.
 *
 * @param plan the plan
 * @param point when the hook runs
 * @param hook what runs
 * @param planUid the plan's uid
 * @param migrationUid the run's uid
 */
record HookJob(Plan plan, HookPoint point, Hook.Job hook, String planUid, String migrationUid) {

    /** How much later than a pod the whole Job ends, which then deletes the pod with its log. */
    static final Duration GRACE = Duration.ofSeconds(15);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_NAME = 63;
    private static final int SUFFIX = 5;
    private static final String PLAYBOOK = "playbook";
    private static final List<String> RUN_PLAYBOOK =
            List.of("/bin/entrypoint", "ansible-runner", "run", "/tmp/runner", "-p", "/tmp/playbook/playbook.yml");

    HookSite site() {
        return HookSite.of(plan, hook);
    }

    /** {@return the name of the Job and of its ConfigMap} */
    String name() {
        return base(LONGEST_NAME - SUFFIX - 1) + "-" + uid(migrationUid).substring(0, SUFFIX);
    }

    private String base(int longest) {
        String suffix = "-" + point.wireName().toLowerCase(Locale.ROOT);
        String name = plan.name();
        int left = longest - suffix.length();
        return (name.length() <= left ? name : name.substring(0, left).replaceAll("-+$", "")) + suffix;
    }

    /** {@return an uid of this hook within something} */
    private String uid(String of) {
        return UUID.nameUUIDFromBytes((of + "\n" + point.wireName()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    String path() {
        return site().jobs() + "/" + name();
    }

    /** {@return the labels of the Job, its pods and its ConfigMap} */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(Labels.hook(planUid, migrationUid));
        labels.put("mighook", uid(planUid));
        labels.put("phase", point.wireName());
        labels.put("owner", migrationUid);
        return labels;
    }

    /** {@return what selects the Job's pods} */
    String selector() {
        return "phase=" + point.wireName() + ",owner=" + migrationUid;
    }

    /** {@return {@code namespace/name}} */
    @Override
    public String toString() {
        return site().namespace() + "/" + name();
    }

    /** {@return the Job} */
    ObjectNode job() {
        ObjectNode job = object("batch/v1", "Job");
        ObjectNode spec = job.putObject("spec")
                .put("backoffLimit", hook.retries())
                .put("activeDeadlineSeconds", hook.deadline().plus(GRACE).toSeconds());
        ObjectNode template = spec.putObject("template");
        ObjectNode labels = template.putObject("metadata").putObject("labels");
        labels().forEach(labels::put);
        ObjectNode pod = template.putObject("spec")
                .put("restartPolicy", "Never")
                .put("activeDeadlineSeconds", hook.deadline().toSeconds())
                .put("serviceAccountName", site().account());
        ObjectNode container = pod.putArray("containers")
                .addObject()
                .put("name", base(LONGEST_NAME))
                .put("image", hook.image());
        environment()
                .forEach((name, value) ->
                        container.withArray("env").addObject().put("name", name).put("value", value));
        if (hook.playbook().isPresent()) {
            RUN_PLAYBOOK.forEach(container.putArray("command")::add);
            container.putArray("volumeMounts").addObject().put("name", PLAYBOOK).put("mountPath", "/tmp/playbook");
            pod.putArray("volumes")
                    .addObject()
                    .put("name", PLAYBOOK)
                    .putObject("configMap")
                    .put("name", name());
        }
        return job;
    }

    /** The namespaces by their names here: with MTC's {@code source:target} a hook can ask for nothing. */
    private Map<String, String> environment() {
        Side side = hook.side();
        String namespaces = plan.namespaces().stream()
                .map(mapping -> HookSite.name(mapping, side))
                .collect(Collectors.joining(","));
        return new TreeMap<>(Map.of("MIGRATION_NAMESPACES", namespaces, "MIGRATION_PLAN_NAME", plan.name()));
    }

    /** {@return the ConfigMap, which goes when the Job does; none for a hook without a playbook} */
    Optional<ObjectNode> playbook(String jobUid) {
        return hook.playbook().map(text -> {
            ObjectNode map = object("v1", "ConfigMap");
            map.withObjectProperty("metadata")
                    .putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", "batch/v1")
                    .put("kind", "Job")
                    .put("name", name())
                    .put("uid", jobUid);
            map.putObject("data").put("playbook.yml", text);
            return map;
        });
    }

    private ObjectNode object(String apiVersion, String kind) {
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name()).put("namespace", site().namespace());
        ObjectNode labels = metadata.putObject("labels");
        labels().forEach(labels::put);
        return object;
    }
}
