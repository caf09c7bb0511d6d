package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Sizes;
import dev.mtc.api.spi.TransferStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the sender's log: rsync's own progress and the size of the whole, once measured.
 *
 * @param moved bytes of files that were transferred so far
 * @param files how many regular files were transferred so far
 * @param left entries not yet looked at, of those that are known
 * @param known entries that rsync knows of
 * @param complete whether these are all
 * @param total the size of all files, if measured
 * @param regular how many regular files there are, if measured
 */
record TransferProgress(
        long moved, long files, long left, long known, boolean complete, OptionalLong total, OptionalLong regular) {

    private static final Pattern LINE = Pattern.compile("\\s*([0-9]+)\\s+[0-9]+%\\s.*"
            + "\\(xfr#([0-9]+), (ir|to)-chk=([0-9]+)/([0-9]+)\\)\\s+total=([0-9]*) files=([0-9]*)( via=.*)?\\s*");

    /** {@return what the last line that tells progress says} */
    static Optional<TransferProgress> latest(String log) {
        List<String> lines = log.lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher matcher = LINE.matcher(lines.get(i));
            if (matcher.matches()) {
                return Optional.of(of(matcher));
            }
        }
        return Optional.empty();
    }

    private static TransferProgress of(Matcher line) {
        return new TransferProgress(
                Long.parseLong(line.group(1)),
                Long.parseLong(line.group(2)),
                Long.parseLong(line.group(4)),
                Long.parseLong(line.group(5)),
                "to".equals(line.group(3)),
                number(line.group(6)),
                number(line.group(7)));
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    /**
     * {@return it for people}
     *
     * @param helper the pod that sends
     * @param suffix what else there is to say
     */
    TransferStatus.Running status(TransferStatus.Helper helper, String suffix) {
        long looked = known - left;
        String detail = (known == 0 ? "" : looked + " of " + known + (complete ? "" : " or more") + " files, ")
                + Sizes.format(moved) + " moved" + suffix
                + (helper.attempt() == 1 ? "" : ", attempt " + helper.attempt() + " of " + helper.limit());
        return new TransferStatus.Running(done(looked), total, detail, helper);
    }

    /**
     * rsync counts what it moves. Files passed over because they are equal get a share of the rest by their number, so that a
     * second pass does not seem to stand at nothing; all that is no file is taken to come first.
     */
    private long done(long looked) {
        if (total.isEmpty() || regular.isEmpty() || !complete || regular.getAsLong() <= files) {
            return moved;
        }
        long equal = Math.max(0, looked - files - (known - regular.getAsLong()));
        long rest = Math.max(0, total.getAsLong() - moved);
        return moved + (long) (rest * Math.min(1, equal / (double) (regular.getAsLong() - files)));
    }
}
