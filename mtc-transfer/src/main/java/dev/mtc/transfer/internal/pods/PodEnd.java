package dev.mtc.transfer.internal.pods;

import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How a pod that moved data ended, as far as that has the same meaning whatever it ran.
 *
 * @param move what it moved
 * @param what it is called in messages, such as {@code pod}
 * @param pod the pod
 * @param report its termination message
 */
public record PodEnd(VolumeMove move, String what, Pod pod, PodReport report) {

    /** {@return the end of a pod, told by its termination message} */
    public static PodEnd of(VolumeMove move, String what, Pod pod) {
        String message = PodState.terminated(pod)
                .map(ContainerStateTerminated::getMessage)
                .orElse("");
        return new PodEnd(move, what, pod, PodReport.parse(message));
    }

    /**
     * {@return what follows from it}
     *
     * @param ofCode what follows from the exit code of what it ran, if that came to an end by itself
     */
    public Verdict verdict(IntFunction<Verdict> ofCode) {
        Optional<ContainerStateTerminated> end = PodState.terminated(pod);
        if (end.isEmpty() || end.get().getExitCode() == null) {
            return new Verdict.Retry(failure(
                    Kind.TRANSIENT,
                    "PodLost",
                    pod.getStatus().getReason() + ", " + pod.getStatus().getMessage(),
                    "look at the node of the pod"));
        }
        if ("OOMKilled".equals(end.get().getReason())) {
            return new Verdict.Stop(failure(
                    Kind.USER_FIXABLE,
                    "OutOfMemory",
                    "it needed more memory than its namespace allows",
                    "raise the default memory limit of the namespace (LimitRange)"));
        }
        return ofCode.apply(end.get().getExitCode());
    }

    /** {@return that it found both sides to differ, with what it logged of that} */
    public Verdict different(List<String> logged) {
        return new Verdict.Stop(comparison().failure(PodState.name(pod), logged));
    }

    /** {@return what it found when it compared both sides} */
    public Comparison comparison() {
        return new Comparison(move, report);
    }

    /** {@return why nothing more comes of it, with its last lines} */
    public Failed failure(Kind kind, String reason, String cause, String fix) {
        String lines = report.lastLines();
        return new Failed(
                kind,
                reason,
                "Copying " + move + " in " + what + " " + PodState.name(pod) + " failed: " + cause
                        + (lines.isEmpty() ? "" : "\n" + lines),
                fix);
    }
}
