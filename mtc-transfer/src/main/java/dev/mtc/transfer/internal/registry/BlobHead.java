package dev.mtc.transfer.internal.registry;

/** Asks whether a repository has a blob. */
record BlobHead(String repository, Descriptor blob) implements Endpoint<Boolean> {

    @Override
    public String method() {
        return "HEAD";
    }

    @Override
    public String path() {
        return "/v2/" + repository + "/blobs/" + blob.digest();
    }

    @Override
    public String trying() {
        return "find the blob " + blob.digest();
    }

    @Override
    public String missing() {
        return "BlobNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Boolean read(Answer answer, Tried tried) {
        return answer.status() == 200 && (answer.length() < 0 || answer.length() == blob.sizeBytes());
    }
}
