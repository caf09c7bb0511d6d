package dev.mtc.transfer.internal.registry;

import java.net.URI;
import java.util.List;

/** Gives up an upload, which a registry would keep for days otherwise; not all of them allow it. */
record UploadCancel(String repository, URI upload) implements Endpoint<Boolean> {

    @Override
    public String method() {
        return "DELETE";
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
        return "give up an upload";
    }

    @Override
    public String missing() {
        return "UploadLost";
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
