package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Sends a whole blob and finishes its upload. */
record UploadPut(String repository, Digest digest, URI upload, Body body) implements Endpoint<Boolean> {

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public String path() {
        return upload + (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest;
    }

    @Override
    public List<String> scopes() {
        return List.of("repository:" + repository + ":pull,push");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Content-Type", "application/octet-stream");
    }

    @Override
    public String trying() {
        return "write the blob " + digest;
    }

    @Override
    public String missing() {
        return "UploadLost";
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 204;
    }

    @Override
    public boolean isPassing(int status) {
        return status == 404 || status == 416;
    }

    @Override
    public Boolean read(Answer answer, Tried tried) {
        return true;
    }
}
