package dev.mtc.transfer.internal.registry;

import java.net.URI;

/** Gives up an upload, which a registry would keep for days otherwise; not all of them allow it. */
record UploadCancel(String repository, URI upload) implements UploadEndpoint<Boolean> {

    @Override
    public String method() {
        return "DELETE";
    }

    @Override
    public String trying() {
        return "give up an upload";
    }

    @Override
    public boolean accepts(int status) {
        return status == 204 || status == 404;
    }

    @Override
    public Boolean read(Answer answer, Tried tried) {
        return true;
    }
}
