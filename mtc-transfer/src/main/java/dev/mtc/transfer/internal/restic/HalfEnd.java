package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.Comparison;
import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.PodReport;
import dev.mtc.transfer.internal.pods.PodState;
import dev.mtc.transfer.internal.pods.Verdict;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a pod ended.
 *
 * @param move what is moved
 * @param half what the pod did of it
 * @param pod the pod
 * @param report its termination message
 * @param halves tells more where that is needed
 */
record HalfEnd(VolumeMove move, Half half, Pod pod, PodReport report, Halves halves) {

    /** The script's own: the volumes could not be read to be compared. */
    private static final int UNVERIFIED = 201;
    /** The script's own: the source was not the same all the time. */
    private static final int CHANGED = 202;
    /** The script's own: not all of the source could be read. */
    private static final int UNREAD = 203;

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;

    static HalfEnd of(VolumeMove move, Half half, Pod pod, Halves halves) {
        String message = PodState.terminated(pod)
                .map(ContainerStateTerminated::getMessage)
                .orElse("");
        return new HalfEnd(move, half, pod, PodReport.parse(message), halves);
    }

    Verdict verdict() {
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
        return ofCode(end.get().getExitCode());
    }

    private Verdict ofCode(int code) {
        return switch (code) {
            case 0 -> comparison().isEqual() ? new Verdict.Done(warnings()) : different();
            case 126, 127, 128 ->
                new Verdict.Stop(failure(
                        Kind.USER_FIXABLE,
                        "MoverImage",
                        MoverPod.unfit(pod, report) + " (code " + code + ")",
                        MoverPod.REQUIREMENT));
            case CHANGED -> sourceChanges();
            case UNREAD -> report.number("vanished") > 0 ? sourceChanges() : ofLastWords(code);
            case UNVERIFIED ->
                new Verdict.Retry(failure(
                        Kind.TRANSIENT,
                        "VerifyFailed",
                        "a volume could not be read to be compared",
                        "see the last lines of the log"));
            case KILLED, TERMINATED ->
                new Verdict.Retry(failure(
                        Kind.TRANSIENT,
                        "Interrupted",
                        "it was told to end",
                        "find out what ends pods of its namespace"));
            default -> ofLastWords(code);
        };
    }

    private Verdict ofLastWords(int code) {
        Optional<ResticFault> fault = ResticFault.of(report.lastLines());
        Failed failure = failure(
                fault.map(ResticFault::kind).orElse(Kind.TRANSIENT),
                fault.map(ResticFault::word).orElse("ResticFailed"),
                fault.map(this::meaning).orElse("restic failed") + " (code " + code + ")",
                fault.map(ResticFault::fix).orElse("see the last lines of the log"));
        return failure.kind() == Kind.TRANSIENT ? new Verdict.Retry(failure) : new Verdict.Stop(failure);
    }

    private String meaning(ResticFault fault) {
        String capacity = halves.capacity(Half.RESTORE);
        return switch (fault) {
            case FULL ->
                half == Half.RESTORE
                        ? "the target claim " + move.target() + (capacity.isEmpty() ? "" : " of " + capacity)
                                + " is full"
                        : fault.meaning();
            case PERMISSION -> fault.meaning();
            default -> fault.meaning() + ": " + halves.repository();
        };
    }

    private Verdict sourceChanges() {
        return new Verdict.Retry(failure(
                Kind.USER_FIXABLE,
                "SourceChanges",
                report.number("changed") + " files changed and " + report.number("vanished")
                        + " vanished during a pass that must be clean: " + String.join("; ", report.lines("note")),
                "stop what still writes to " + move.source()));
    }

    private Verdict different() {
        return new Verdict.Stop(comparison().failure(PodState.name(pod), halves.differences(pod)));
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (report.number("unread") > 0) {
            warnings.add(report.number("unread") + " files of " + move.source() + " could not be read, "
                    + report.number("vanished") + " of them vanished meanwhile; the next pass looks at them again: "
                    + String.join("; ", report.lines("note")));
        }
        if (report.number("sockets") > 0) {
            warnings.add(report.number("sockets") + " sockets of " + move.source()
                    + " are left out, which applications make anew: " + report.text("socket"));
        }
        if (report.has("untidy")) {
            warnings.add("what earlier passes left of " + move.source() + " in " + halves.repository()
                    + " could not be removed; the next stage tries again");
        }
        if (report.has("holes")) {
            warnings.add("sparse files of " + move.source() + " take all their room in " + move.target()
                    + ", because the mover image has no fallocate; use one with the package util-linux"
                    + " (Cluster.moverImage)");
        }
        warnings.addAll(comparison().warnings());
        return warnings;
    }

    /** {@return what was compared and found equal, if it was} */
    Optional<String> proof() {
        return comparison().proof();
    }

    private Comparison comparison() {
        return new Comparison(move, report);
    }

    private Failed failure(Kind kind, String reason, String cause, String fix) {
        String lines = report.lastLines();
        return new Failed(
                kind,
                reason,
                "Copying " + move + " in " + half.word() + " pod " + PodState.name(pod) + " failed: " + cause
                        + (lines.isEmpty() ? "" : "\n" + lines),
                fix);
    }
}
