package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.Map;

/**
 * Finishes the upload of a blob.
 *
 * @param repository where to
 * @param upload its upload
 * @param blob the blob
 * @param body what the registry lacks of it: all of it, the rest, or nothing
 */
record UploadPut(String repository, URI upload, CheckedUpload blob, Body body) implements UploadEndpoint<Boolean> {

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public String path() {
        return upload + (upload.getRawQuery() == null ? "?" : "&") + "digest="
                + blob.blob().digest();
    }

    @Override
    public Map<String, String> headers() {
        String type = "application/octet-stream";
        return blob.offset() == 0 || body.length() == 0
                ? Map.of("Content-Type", type)
                : Map.of(
                        "Content-Type",
                        type,
                        "Content-Range",
                        blob.offset() + "-" + (blob.blob().sizeBytes() - 1));
    }

    @Override
    public String trying() {
        return "write the blob " + blob.blob().digest();
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
