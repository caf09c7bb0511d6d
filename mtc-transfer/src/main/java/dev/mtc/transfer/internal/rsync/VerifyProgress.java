package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Sizes;
import dev.mtc.api.spi.TransferStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the sender's log while both sides are compared.
 *
 * @param source what is hashed of the source, for people
 * @param target what is hashed of the target, for people
 * @param total the size of what was copied
 */
record VerifyProgress(String source, String target, long total) {

    private static final Pattern LINE = Pattern.compile(
            "verifying source=(?:working ([0-9]+) ([0-9]+)|[a-z]+) target=(?:working ([0-9]+) ([0-9]+)|[a-z]+) total=([0-9]+)(?: via=.*)?");

    /** {@return what the last line says, if it is such a one} */
    static Optional<VerifyProgress> latest(String log) {
        return log.lines()
                .reduce((first, last) -> last)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new VerifyProgress(hashed(line, 1), hashed(line, 3), Long.parseLong(line.group(5))));
    }

    private static String hashed(Matcher line, int group) {
        if (line.group(group) == null) {
            return "all";
        }
        long size = Long.parseLong(line.group(group + 1));
        return size == 0
                ? "nothing yet"
                : Sizes.format(Long.parseLong(line.group(group))) + " of " + Sizes.format(size);
    }

    TransferStatus.Running status(TransferStatus.Helper helper) {
        return new TransferStatus.Running(
                total,
                OptionalLong.of(total),
                "verifying, hashed " + source + " on the source, " + target + " on the target",
                helper);
    }
}
