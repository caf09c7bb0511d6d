package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Sends a part of a blob; returns where the next one goes.
 *
 * @param repository where to
 * @param upload the blob's upload
 * @param offset how many bytes of it the registry has
 * @param body the bytes after these
 */
record UploadPatch(String repository, URI upload, long offset, Body body) implements Endpoint<URI> {

    @Override
    public String method() {
        return "PATCH";
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
    public Map<String, String> headers() {
        String range = offset + "-" + (offset + body.length() - 1);
        return Map.of("Content-Type", "application/octet-stream", "Content-Range", range);
    }

    @Override
    public String trying() {
        return "write a part of a blob at byte " + offset;
    }

    @Override
    public String missing() {
        return "UploadLost";
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || status == 201 || status == 204;
    }

    @Override
    public URI read(Answer answer, Tried tried) {
        String location = answer.header("Location");
        return location == null ? upload : answer.uri().resolve(location);
    }
}
