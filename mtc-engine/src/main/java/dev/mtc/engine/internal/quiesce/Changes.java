package dev.mtc.engine.internal.quiesce;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of stopping or starting the workloads of a cluster. All were tried, whatever became of the others.
 *
 * @param changed what was changed now
 * @param unfinished what has to be looked at again, once its cluster has seen the change
 * @param warnings what could not be made as it was
 * @param failures what could not be changed, and why
 */
public record Changes(List<String> changed, List<String> unfinished, List<Problem> warnings, List<Failure> failures) {

    /** Copies its lists. */
    public Changes {
        changed = List.copyOf(changed);
        unfinished = List.copyOf(unfinished);
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }

    /**
     * Something that could not be changed.
     *
     * @param what the workload
     * @param why the cluster's answer
     */
    public record Failure(String what, ClusterAccessException why) {}

    /** {@return the error that names everything that could not be changed, empty if all went well} */
    public Optional<ClusterAccessException> failure() {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        boolean mayPass = failures.stream().anyMatch(failure -> failure.why().remedy() == Remedy.RETRY);
        String message = failures.stream()
                .map(failure -> failure.what() + ": " + failure.why().getMessage())
                .collect(Collectors.joining("; ", failures.size() + " workloads could not be changed: ", ""));
        return Optional.of(new ClusterAccessException(
                mayPass ? Remedy.RETRY : Remedy.FIX_INPUT,
                failures.size() == 1 ? message.replaceFirst("^1 workloads", "1 workload") : message,
                failures.get(0).why().status(),
                failures.get(0).why()));
    }
}
