package dev.mtc.transfer.internal.registry;

import dev.mtc.transfer.internal.registry.UploadStatus.Reached;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks how far an upload came; empty if the registry does not know it any more. */
record UploadStatus(String repository, URI upload) implements Endpoint<Optional<Reached>> {

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
    public String path() {
        return upload.toString();
    }

    @Override
    public List<String> scopes() {
        return List.of("repository:" + repository + ":pull,push");
    }

    @Override
    public String trying() {
        return "ask how far an upload came";
    }

    @Override
    public String missing() {
        return "UploadLost";
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
        String location = answer.header("Location");
        URI next = location == null ? upload : answer.uri().resolve(location);
        Matcher end = RANGE.matcher(range.strip());
        if (!end.matches()) {
            return Optional.empty();
        }
        long last = Long.parseLong(end.group(1));
        // Nothing and a single byte are both told as 0-0; the latter costs one refusal and another upload.
        return Optional.of(new Reached(last == 0 ? 0 : last + 1, next));
    }
}
