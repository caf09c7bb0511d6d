package dev.mtc.engine.internal.objects;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Preview;
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
 * @param leftOut what is left out by default
 * @param otherProblems kinds that could not be read, those that the plan asks for in vain, and what is said beside that
 */
public record CaptureReport(
        Map<String, Integer> counts, List<Unserved> unserved, List<LeftOut> leftOut, List<Problem> otherProblems) {

    /** Copies its parts. */
    public CaptureReport {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        unserved = List.copyOf(unserved);
        leftOut = List.copyOf(leftOut);
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

    /**
     * Objects that people made and that are left out unless somebody carries them over otherwise.
     *
     * @param namespace their namespace on the source
     * @param resource their kind, such as {@code subscriptions.operators.coreos.com}
     * @param count how many
     */
    public record LeftOut(String namespace, String resource, int count) {

        private Problem problem() {
            return new Problem(
                    Problem.Severity.ADVISORY,
                    "source " + resource + " in " + namespace,
                    "ExcludedByDefault",
                    reason(),
                    "make them again on the target, or exclude the kind to say that they are not needed");
        }

        private String subject() {
            return resource + " " + namespace + "/*";
        }

        private String reason() {
            return count + " left out, as objects of this kind belong to what is installed on the source";
        }
    }

    /** {@return what was left out, for the result of a run} */
    public List<ItemOutcome> leftOutItems() {
        return leftOut.stream()
                .map(left -> new ItemOutcome(
                        "object", left.subject(), ItemOutcome.Action.SKIPPED, 0, 0, left.reason(), null))
                .toList();
    }

    /** {@return what was left out, for a preview} */
    public List<Preview.Action> leftOutActions() {
        return leftOut.stream()
                .map(left -> Preview.Action.of(Preview.Verb.SKIP, "object", left.subject(), left.reason()))
                .toList();
    }

    /** {@return what a check has to tell beside the kinds that the target lacks} */
    public List<Problem> ofSource() {
        return Stream.concat(leftOut.stream().map(LeftOut::problem), otherProblems.stream())
                .toList();
    }

    /** {@return how many objects there are} */
    public int objects() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@return a copy that has more to tell} */
    public CaptureReport and(List<Problem> more) {
        return new CaptureReport(
                counts,
                unserved,
                leftOut,
                Stream.concat(otherProblems.stream(), more.stream()).toList());
    }

    /** {@return all that is to be told} */
    public List<Problem> problems() {
        return Stream.concat(unserved.stream().map(Unserved::problem), otherProblems.stream())
                .toList();
    }
}
