package dev.mtc.engine.internal.objects;

import dev.mtc.api.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a capture found.
 *
 * @param counts objects by kind, such as {@code deployments.apps}
 * @param unserved kinds with objects that the target cannot take
 * @param otherProblems kinds that could not be read
 */
public record CaptureReport(Map<String, Integer> counts, List<Unserved> unserved, List<Problem> otherProblems) {

    /** Copies its parts. */
    public CaptureReport {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        unserved = List.copyOf(unserved);
        otherProblems = List.copyOf(otherProblems);
    }

    /**
     * Objects that the target cannot take.
     *
     * @param namespace their namespace on the source
     * @param apiVersion group and version
     * @param kind kind
     * @param count how many
     */
    public record Unserved(String namespace, String apiVersion, String kind, int count) {

        private Problem problem() {
            return Problem.warning(
                    "namespaces[" + namespace + "]",
                    "GVKsIncompatible",
                    "the target does not serve " + apiVersion + " " + kind + ", of which there are " + count,
                    "install what serves " + kind + " on the target, or exclude the kind");
        }
    }

    /** {@return how many objects there are} */
    public int objects() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@return all that is to be told} */
    public List<Problem> problems() {
        return Stream.concat(unserved.stream().map(Unserved::problem), otherProblems.stream())
                .toList();
    }
}
