package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.Map;

/**
 * Sends a part of a blob; returns where the next one goes.
 *
 * @param repository where to
 * @param upload the blob's upload
 * @param offset how many bytes of it the registry has
 * @param body the bytes after these
 */
record UploadPatch(String repository, URI upload, long offset, Body body) implements UploadEndpoint<URI> {

    @Override
    public String method() {
        return "PATCH";
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
    public boolean accepts(int status) {
        return status == 202 || status == 201 || status == 204;
    }

    @Override
    public URI read(Answer answer, Tried tried) {
        return next(answer);
    }
}
