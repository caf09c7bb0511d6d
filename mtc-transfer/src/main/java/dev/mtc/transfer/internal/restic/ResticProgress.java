package dev.mtc.transfer.internal.restic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Sizes;
import dev.mtc.api.spi.TransferStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a pod's log that tells progress: restic's own JSON, or what the scripts write of what restic says nothing about.
 *
 * @param doing what is being done
 * @param done bytes so far
 * @param total of so many
 * @param detail more for people, or empty
 */
record ResticProgress(Doing doing, long done, long total, String detail) {

    /** What a pod may be doing. */
    enum Doing {
        LISTING("lists files"),
        BACKING("into the repository"),
        TIDYING("removes from the repository what no pass needs any more"),
        FETCHING("fetches the description of the volume"),
        RESTORING("out of the repository"),
        COMPARING("verifying");

        private final String words;

        Doing(String words) {
            this.words = words;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINE = Pattern.compile(
            "progress (listing|tidying|fetching|restoring|comparing) done=([0-9]{1,18}) total=([0-9]{1,18})");

    /** {@return what the last line that tells progress says} */
    static Optional<ResticProgress> latest(String log) {
        List<String> lines = log.lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Optional<ResticProgress> progress = parse(lines.get(i));
            if (progress.isPresent()) {
                return progress;
            }
        }
        return Optional.empty();
    }

    private static Optional<ResticProgress> parse(String line) {
        if (line.startsWith("{")) {
            return ofRestic(line);
        }
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new ResticProgress(
                        Doing.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        ""))
                : Optional.empty();
    }

    private static Optional<ResticProgress> ofRestic(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!json.path("message_type").asText().equals("status")) {
                return Optional.empty();
            }
            return Optional.of(new ResticProgress(
                    Doing.BACKING,
                    json.path("bytes_done").asLong(),
                    json.path("total_bytes").asLong(),
                    json.path("files_done").asLong() + " of "
                            + json.path("total_files").asLong() + " files"));
        } catch (JsonProcessingException e) {
            // a line that was cut
            return Optional.empty();
        }
    }

    /**
     * {@return the status of the whole transfer} All data counts twice, on its way in and on its way out.
     *
     * @param half which is running
     * @param size the size of the volume's files, 0 if it is not known yet
     * @param helper the pod that is at it
     */
    TransferStatus.Running status(Half half, long size, TransferStatus.Helper helper) {
        long one = doing == Doing.BACKING ? total : size;
        long moved =
                switch (doing) {
                    case LISTING, FETCHING -> half == Half.BACKUP ? 0 : one;
                    case BACKING -> Math.min(done, one);
                    case TIDYING -> one;
                    // what need not be fetched is there already
                    case RESTORING -> one + Math.max(0, one - total) + done;
                    case COMPARING -> half == Half.BACKUP ? one : 2 * one;
                };
        return new TransferStatus.Running(
                moved,
                one == 0 ? OptionalLong.empty() : OptionalLong.of(2 * one),
                words() + (helper.attempt() == 1 ? "" : ", attempt " + helper.attempt() + " of " + helper.limit()),
                helper);
    }

    private String words() {
        return switch (doing) {
            case BACKING -> doing.words + ", " + detail;
            case RESTORING -> doing.words + ", " + Sizes.format(done) + " of " + Sizes.format(total) + " to be fetched";
            case COMPARING -> doing.words + ", hashed " + Sizes.format(done) + " of " + Sizes.format(total);
            case LISTING, TIDYING, FETCHING -> doing.words;
        };
    }
}
