package dev.mtc.transfer.internal.pods;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.Verification;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.api.spi.VolumeMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a pod found that compared both sides.
 *
 * @param move what was moved
 * @param report what the pod said at its end
 */
public record Comparison(VolumeMove move, PodReport report) {

    /** So many files that differ are named; a result is kept in a resource, which must not be too large. */
    private static final int NAMED = 100;

    /** {@return how much is to be compared after this move, empty for nothing: while applications write both sides differ anyway} */
    public static Optional<Verification> level(VolumeMove move) {
        return move.choice().verification().filter(level -> move.pass() == VolumeMove.Pass.COLD);
    }

    /** {@return whether nothing was found to differ} */
    public boolean isEqual() {
        return report.number("different") == 0;
    }

    /** {@return what was compared and found equal, if it was} */
    public Optional<String> proof() {
        if (!report.has("different")) {
            return Optional.empty();
        }
        if (move.choice().method() == CopyMethod.BLOCK) {
            return Optional.of("contents equal by BLAKE2b of " + report.number("hashed") + " extents, "
                    + report.number("bytes") + " bytes");
        }
        return Optional.of(report.number("entries") + " entries equal (types, modes, owners, sizes, times, links"
                + (report.has("unseen") ? "" : ", xattrs, ACLs")
                + (move.choice().verification().equals(Optional.of(Verification.METADATA))
                        ? ")"
                        : ", contents by BLAKE2b of " + report.number("hashed") + " files, " + report.number("bytes")
                                + " bytes)"));
    }

    /** {@return what could not be compared} */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (report.has("unseen")) {
            warnings.add("extended attributes and ACLs of " + move.source()
                    + " were not compared, because the mover image of the "
                    + String.join(" and of the ", report.lines("unseen"))
                    + " has no getfattr; use one with the package attr (Cluster.moverImage)");
        }
        if (report.has("digits")) {
            warnings.add("times of files were compared to " + report.number("digits")
                    + " digits after the second only, because the storage of " + move.target() + " keeps no more");
        }
        return warnings;
    }

    /**
     * {@return that both sides differ}
     *
     * @param pod the pod's name
     * @param logged what it logged of facts that one side only has
     */
    public Failed failure(String pod, List<String> logged) {
        List<Difference> differences = Difference.of(logged.isEmpty() ? report.lines("difference") : logged);
        long count = report.number("different");
        String lines = report.lastLines();
        return new Failed(
                Kind.USER_FIXABLE,
                "VerifyFailed",
                "Copying " + move + " in pod " + pod + " failed: " + count + " differences between " + move.source()
                        + " and " + move.target() + (count > NAMED ? ", the first " + NAMED : "") + ":\n"
                        + differences.stream()
                                .limit(NAMED)
                                .map(Difference::toString)
                                .collect(Collectors.joining("\n"))
                        + (lines.isEmpty() ? "" : "\n" + lines),
                "make sure that nothing writes to either volume, delete the files named from the target and copy again");
    }
}
