package dev.mtc.transfer.internal.registry;

import dev.mtc.transfer.internal.registry.UploadStatus.Reached;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks how far an upload came; empty if the registry does not know it any more. */
record UploadStatus(String repository, URI upload) implements UploadEndpoint<Optional<Reached>> {

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    /**
     * How far an upload came.
     *
     * @param offset how many bytes the registry has
     * @param upload where the rest goes
     */
    record Reached(long offset, URI upload) {}

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String trying() {
        return "ask how far an upload came";
    }

    /** Registries that lost it say so with various statuses. */
    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 202 || status == 204 || isLost(status);
    }

    private static boolean isLost(int status) {
        return status == 400 || status == 404 || status == 405 || status == 410 || status == 416;
    }

    @Override
    public Optional<Reached> read(Answer answer, Tried tried) {
        String range = answer.header("Range");
        if (isLost(answer.status()) || range == null) {
            return Optional.empty();
        }
        Matcher end = RANGE.matcher(range.strip());
        if (!end.matches()) {
            return Optional.empty();
        }
        long last = Long.parseLong(end.group(1));
        // Nothing and a single byte are both told as 0-0; the latter costs one refusal and another upload.
        return Optional.of(new Reached(last == 0 ? 0 : last + 1, next(answer)));
    }
}
