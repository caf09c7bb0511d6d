package dev.mtc.transfer.internal.registry;

import java.util.Optional;

/** Asks which manifest a tag or digest names, without reading it. */
record ManifestHead(String repository, String reference) implements ManifestRead<Optional<ManifestHead.Found>> {

    /**
     * What the registry says.
     *
     * @param digest digest as declared, empty if it declares none
     * @param sizeBytes length of the manifest, -1 if not declared
     */
    record Found(String digest, long sizeBytes) {}

    @Override
    public String method() {
        return "HEAD";
    }

    @Override
    public String trying() {
        return "find the manifest " + reference;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Optional<Found> read(Answer answer, Tried tried) {
        if (answer.status() == 404) {
            return Optional.empty();
        }
        String digest = answer.header("Docker-Content-Digest");
        return Optional.of(new Found(digest == null ? "" : digest, answer.length()));
    }
}
