package dev.mtc.transfer.internal.rsync;

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
 * How a sender ended.
 *
 * @param move what it moved
 * @param pod its pod
 * @param report its termination message
 * @param objects tells more where that is needed
 */
record SenderEnd(VolumeMove move, Pod pod, PodReport report, TransferObjects objects) {

    static SenderEnd of(VolumeMove move, Pod pod, TransferObjects objects) {
        String message = PodState.terminated(pod)
                .map(ContainerStateTerminated::getMessage)
                .orElse("");
        return new SenderEnd(move, pod, PodReport.parse(message), objects);
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
        return report.isYes("full") ? noSpace() : ofCode(end.get().getExitCode());
    }

    private Verdict ofCode(int code) {
        if (code == 0) {
            return comparison().isEqual() ? done() : different();
        }
        if ((code == 23 || code == 24) && report.has("problems") && report.number("problems") == 0) {
            return move.pass() == VolumeMove.Pass.HOT ? done() : sourceChanges();
        }
        if (code != 0 && report.isYes("readonly")) {
            return new Verdict.Stop(failure(
                    Kind.USER_FIXABLE,
                    "ReadOnlyTarget",
                    "nothing can be written to the target claim " + move.target(),
                    "let its volume be mounted for writing (access mode, mountOptions of the PersistentVolume, state of the file"
                            + " system) and start again"));
        }
        if (code == 23 && report.isYes("denied")) {
            return new Verdict.Stop(
                    failure(
                            Kind.USER_FIXABLE,
                            "PermissionDenied",
                            "some files cannot be read or written",
                            "let root of the mover pods use the storage (NFS: no_root_squash), or change the files' permissions"));
        }
        Optional<ExitCode> known = ExitCode.of(code);
        Failed failure = failure(
                known.map(ExitCode::kind).orElse(Kind.PERMANENT),
                known.map(ExitCode::word).orElse("UnknownExit"),
                (report.has("missing")
                                ? MoverPod.unfit(pod, report)
                                : known.map(ExitCode::meaning).orElse("an unknown end"))
                        + " (code " + code + ")",
                fix(known.map(ExitCode::word).orElse("")));
        return failure.kind() == Kind.TRANSIENT ? new Verdict.Retry(failure) : new Verdict.Stop(failure);
    }

    private String fix(String word) {
        return switch (word) {
            case "MoverImage" -> MoverPod.REQUIREMENT;
            case "Unreachable", "ConnectionLost" -> objects.requirement();
            case "OutOfMemory" -> "raise the default memory limit of the namespace (LimitRange)";
            default -> "see the last lines of the log";
        };
    }

    private Verdict done() {
        List<String> warnings = new ArrayList<>();
        long vanished = report.number("vanished");
        long changed = report.number("changed");
        if (vanished > 0 || changed > 0) {
            warnings.add(vanished + " files vanished and " + changed + " changed while " + move.source()
                    + " was copied; the next pass brings them up to date: " + String.join("; ", report.lines("note")));
        }
        warnings.addAll(comparison().warnings());
        return new Verdict.Done(warnings);
    }

    /** {@return what was compared and found equal, if it was} */
    Optional<String> proof() {
        return comparison().proof();
    }

    private Comparison comparison() {
        return new Comparison(move, report);
    }

    private Verdict sourceChanges() {
        return new Verdict.Retry(failure(
                Kind.USER_FIXABLE,
                "SourceChanges",
                report.number("vanished") + " files vanished and " + report.number("changed")
                        + " changed during a pass that must be clean: " + String.join("; ", report.lines("note")),
                "stop what still writes to " + move.source()));
    }

    private Verdict noSpace() {
        String capacity = objects.capacity(Role.RECEIVER);
        return new Verdict.Stop(failure(
                Kind.USER_FIXABLE,
                "NoSpaceLeft",
                "the target claim " + move.target() + (capacity.isEmpty() ? "" : " of " + capacity) + " is full",
                "give the target claim more room (VolumeChoice.copy().size(…)) and start again"));
    }

    private Verdict different() {
        return new Verdict.Stop(comparison().failure(PodState.name(pod), objects.differences(pod)));
    }

    private Failed failure(Kind kind, String reason, String cause, String fix) {
        String lines = report.lastLines();
        return new Failed(
                kind,
                reason,
                "Copying " + move + " in pod " + PodState.name(pod) + " failed: " + cause
                        + (lines.isEmpty() ? "" : "\n" + lines),
                fix);
    }
}
