package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.PodEnd;
import dev.mtc.transfer.internal.pods.PodReport;
import dev.mtc.transfer.internal.pods.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a sender ended.
 *
 * @param end the end of its pod
 * @param objects tells more where that is needed
 */
record SenderEnd(PodEnd end, TransferObjects objects) {

    static SenderEnd of(VolumeMove move, Pod pod, TransferObjects objects) {
        return new SenderEnd(PodEnd.of(move, "pod", pod), objects);
    }

    Verdict verdict() {
        return end.verdict(code -> report().isYes("full") ? noSpace() : ofCode(code));
    }

    private VolumeMove move() {
        return end.move();
    }

    /** {@return its termination message} */
    PodReport report() {
        return end.report();
    }

    private Verdict ofCode(int code) {
        if (code == 0) {
            return end.comparison().isEqual() ? done() : different();
        }
        if ((code == 23 || code == 24) && report().has("problems") && report().number("problems") == 0) {
            return move().pass() == VolumeMove.Pass.HOT ? done() : sourceChanges();
        }
        return storageRefuses(code).orElseGet(() -> otherwise(code));
    }

    private Optional<Verdict> storageRefuses(int code) {
        if (report().isYes("readonly")) {
            return Optional.of(new Verdict.Stop(end.failure(
                    Kind.USER_FIXABLE,
                    "ReadOnlyTarget",
                    "nothing can be written to the target claim " + move().target(),
                    "let its volume be mounted for writing (access mode, mountOptions of the PersistentVolume, state of the file"
                            + " system) and start again")));
        }
        if (code == 23 && report().isYes("denied")) {
            return Optional.of(
                    new Verdict.Stop(
                            end.failure(
                                    Kind.USER_FIXABLE,
                                    "PermissionDenied",
                                    "some files cannot be read or written",
                                    "let root of the mover pods use the storage (NFS: no_root_squash), or change the files' permissions")));
        }
        return Optional.empty();
    }

    private Verdict otherwise(int code) {
        Optional<ExitCode> known = ExitCode.of(code);
        Failed failure = end.failure(
                known.map(ExitCode::kind).orElse(Kind.PERMANENT),
                known.map(ExitCode::word).orElse("UnknownExit"),
                (report().has("missing")
                                ? MoverPod.unfit(end.pod(), report())
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
        long vanished = report().number("vanished");
        long changed = report().number("changed");
        if (vanished > 0 || changed > 0) {
            warnings.add(vanished + " files vanished and " + changed + " changed while " + move().source()
                    + " was copied; the next pass brings them up to date: "
                    + String.join("; ", report().lines("note")));
        }
        warnings.addAll(end.comparison().warnings());
        return new Verdict.Done(warnings);
    }

    /** {@return what was compared and found equal, if it was} */
    Optional<String> proof() {
        return end.comparison().proof();
    }

    private Verdict sourceChanges() {
        return new Verdict.Retry(end.failure(
                Kind.USER_FIXABLE,
                "SourceChanges",
                report().number("vanished") + " files vanished and " + report().number("changed")
                        + " changed during a pass that must be clean: " + String.join("; ", report().lines("note")),
                "stop what still writes to " + move().source()));
    }

    private Verdict noSpace() {
        String capacity = objects.capacity(Role.RECEIVER);
        return new Verdict.Stop(end.failure(
                Kind.USER_FIXABLE,
                "NoSpaceLeft",
                "the target claim " + move().target() + (capacity.isEmpty() ? "" : " of " + capacity) + " is full",
                "give the target claim more room (VolumeChoice.copy().size(…)) and start again"));
    }

    private Verdict different() {
        return end.different(objects.differences(end.pod()));
    }
}
