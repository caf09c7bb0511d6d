package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the containers of Jobs do on an {@link EmbeddedCluster}, by their images; at first all succeed at once and print
 * nothing. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class JobRules {

    private static final int NEVER = -1;

    /** How a container ends, and what it prints. */
    private record Script(int exitCode, String log) {}

    private static final Script SUCCESS = new Script(0, "");

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Runnable changed;

    JobRules(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Lets containers with an image end at once.
     *
     * @param image the image, as Jobs name it
     * @param exitCode 0 for success
     * @param log what they print before
     * @return this
     */
    public JobRules end(String image, int exitCode, String log) {
        return set(image, new Script(exitCode, Objects.requireNonNull(log)));
    }

    /**
     * Lets containers with an image run until {@link #end} is told.
     *
     * @param image the image, as Jobs name it
     * @param log what they have printed
     * @return this
     */
    public JobRules runOn(String image, String log) {
        return set(image, new Script(NEVER, Objects.requireNonNull(log)));
    }

    private JobRules set(String image, Script script) {
        scripts.put(Objects.requireNonNull(image), script);
        changed.run();
        return this;
    }

    boolean runsOn(JsonNode pod) {
        return of(pod).exitCode() == NEVER;
    }

    int exitCode(JsonNode pod) {
        return of(pod).exitCode();
    }

    String log(JsonNode pod) {
        return of(pod).log();
    }

    private Script of(JsonNode pod) {
        return scripts.getOrDefault(
                Trees.text(pod.path("spec").path("containers").path(0), "image"), SUCCESS);
    }
}
