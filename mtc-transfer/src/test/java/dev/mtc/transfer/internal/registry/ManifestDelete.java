package dev.mtc.transfer.internal.registry;

import java.util.List;

/** Deletes a manifest, to leave nothing behind on real registries. */
record ManifestDelete(String repository, Digest digest) implements Endpoint<Boolean> {

    @Override
    public String method() {
        return "DELETE";
    }

    @Override
    public String path() {
        return "/v2/" + repository + "/manifests/" + digest;
    }

    @Override
    public List<String> scopes() {
        return List.of("repository:" + repository + ":delete");
    }

    @Override
    public String trying() {
        return "delete the manifest " + digest;
    }

    @Override
    public String missing() {
        return "ManifestNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || status == 404 || status == 405;
    }

    @Override
    public Boolean read(Answer answer, Tried tried) {
        return answer.status() == 202;
    }
}
