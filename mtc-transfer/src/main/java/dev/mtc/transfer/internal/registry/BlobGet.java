package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.util.Map;

/** Opens a blob from an offset on; the answer is handed on, still open. */
record BlobGet(String repository, Digest digest, long offset) implements Endpoint<Answer> {

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    @Override
    public Map<String, String> headers() {
        return offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
    }

    @Override
    public String trying() {
        return "read the blob " + digest;
    }

    @Override
    public String missing() {
        return "BlobNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (status == 206 && offset > 0);
    }

    @Override
    public Answer read(Answer answer, Tried tried) throws IOException {
        if (answer.status() == 200) {
            // A registry without ranges sends all of it again.
            answer.body().skipNBytes(offset);
        }
        return answer;
    }
}
