package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Sends a blob, or what the registry lacks of it, and finishes its upload. */
record UploadPut(String repository, URI upload, CheckedUpload body) implements Endpoint<Boolean> {

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public String path() {
        return upload + (upload.getRawQuery() == null ? "?" : "&") + "digest="
                + body.blob().digest();
    }

    @Override
    public List<String> scopes() {
        return List.of("repository:" + repository + ":pull,push");
    }

    @Override
    public Map<String, String> headers() {
        String type = "application/octet-stream";
        return body.offset() == 0 || body.length() == 0
                ? Map.of("Content-Type", type)
                : Map.of(
                        "Content-Type",
                        type,
                        "Content-Range",
                        body.offset() + "-" + (body.blob().sizeBytes() - 1));
    }

    @Override
    public String trying() {
        return "write the blob " + body.blob().digest();
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
