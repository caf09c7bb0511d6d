package dev.mtc.transfer.internal.registry;

import java.util.List;
import java.util.Map;

/** Writes a manifest under a tag or its digest; returns the digest that the registry says it has, or an empty text. */
record ManifestPut(String repository, String reference, Manifest manifest) implements Endpoint<String> {

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public String path() {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    @Override
    public List<String> scopes() {
        return List.of("repository:" + repository + ":pull,push");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Content-Type", manifest.mediaType());
    }

    @Override
    public Body body() {
        return Body.of(manifest.bytes());
    }

    @Override
    public String trying() {
        return "write the manifest " + reference;
    }

    @Override
    public String missing() {
        return "RepositoryNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 200 || status == 202;
    }

    @Override
    public String read(Answer answer, Tried tried) {
        String digest = answer.header("Docker-Content-Digest");
        return digest == null ? "" : digest;
    }
}
