package dev.mtc.transfer.internal.restic;

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
 * How a pod ended.
 *
 * @param end its end
 * @param half what it did of a move
 * @param halves tells more where that is needed
 */
record HalfEnd(PodEnd end, Half half, Halves halves) {

    /** The script's own: the volumes could not be read to be compared. */
    private static final int UNVERIFIED = 201;
    /** The script's own: the source was not the same all the time. */
    private static final int CHANGED = 202;
    /** The script's own: not all of the source could be read. */
    private static final int UNREAD = 203;

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;

    static HalfEnd of(VolumeMove move, Half half, Pod pod, Halves halves) {
        return new HalfEnd(PodEnd.of(move, half.word() + " pod", pod), half, halves);
    }

    Verdict verdict() {
        return end.verdict(this::ofCode);
    }

    private VolumeMove move() {
        return end.move();
    }

    /** {@return its termination message} */
    PodReport report() {
        return end.report();
    }

    private Verdict ofCode(int code) {
        return switch (code) {
            case 0 -> end.comparison().isEqual() ? new Verdict.Done(warnings()) : different();
            case 126, 127, 128 ->
                new Verdict.Stop(end.failure(
                        Kind.USER_FIXABLE,
                        "MoverImage",
                        MoverPod.unfit(end.pod(), report()) + " (code " + code + ")",
                        MoverPod.REQUIREMENT));
            case CHANGED -> sourceChanges();
            case UNREAD -> report().number("vanished") > 0 ? sourceChanges() : ofLastWords(code);
            case UNVERIFIED ->
                new Verdict.Retry(end.failure(
                        Kind.TRANSIENT,
                        "VerifyFailed",
                        "a volume could not be read to be compared",
                        "see the last lines of the log"));
            case KILLED, TERMINATED ->
                new Verdict.Retry(end.failure(
                        Kind.TRANSIENT,
                        "Interrupted",
                        "it was told to end",
                        "find out what ends pods of its namespace"));
            default -> ofLastWords(code);
        };
    }

    private Verdict ofLastWords(int code) {
        Optional<ResticFault> fault = ResticFault.of(report().lastLines());
        Failed failure = end.failure(
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
                        ? "the target claim " + move().target() + (capacity.isEmpty() ? "" : " of " + capacity)
                                + " is full"
                        : fault.meaning();
            case PERMISSION -> fault.meaning();
            default -> fault.meaning() + ": " + halves.repository();
        };
    }

    private Verdict sourceChanges() {
        return new Verdict.Retry(end.failure(
                Kind.USER_FIXABLE,
                "SourceChanges",
                report().number("changed") + " files changed and " + report().number("vanished")
                        + " vanished during a pass that must be clean: " + String.join("; ", report().lines("note")),
                "stop what still writes to " + move().source()));
    }

    private Verdict different() {
        return end.different(halves.differences(end.pod()));
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (report().number("unread") > 0) {
            warnings.add(report().number("unread") + " files of " + move().source() + " could not be read, "
                    + report().number("vanished") + " of them vanished meanwhile; the next pass looks at them again: "
                    + String.join("; ", report().lines("note")));
        }
        if (report().number("sockets") > 0) {
            warnings.add(report().number("sockets") + " sockets of " + move().source()
                    + " are left out, which applications make anew: " + report().text("socket"));
        }
        if (report().has("untidy")) {
            warnings.add("what earlier passes left of " + move().source() + " in " + halves.repository()
                    + " could not be removed; the next stage tries again");
        }
        if (report().has("holes")) {
            warnings.add("sparse files of " + move().source() + " take all their room in " + move().target()
                    + ", because the mover image has no fallocate; use one with the package util-linux"
                    + " (Cluster.moverImage)");
        }
        warnings.addAll(end.comparison().warnings());
        return warnings;
    }

    /** {@return what was compared and found equal, if it was} */
    Optional<String> proof() {
        return end.comparison().proof();
    }
}
