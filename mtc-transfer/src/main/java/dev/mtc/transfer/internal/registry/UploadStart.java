package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts an upload, or mounts the blob from another repository of the registry; returns where to send the blob, empty if
 * the mount made that needless.
 *
 * @param repository where to
 * @param digest the blob
 * @param from a repository that has the blob, if one is known
 */
record UploadStart(String repository, Digest digest, @Nullable String from) implements Endpoint<Optional<URI>> {

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        String path = "/v2/" + repository + "/blobs/uploads/";
        return from == null ? path : path + "?mount=" + digest + "&from=" + from;
    }

    @Override
    public List<String> scopes() {
        String own = "repository:" + repository + ":pull,push";
        return from == null ? List.of(own) : List.of(own, "repository:" + from + ":pull");
    }

    @Override
    public Body body() {
        return Body.of(new byte[0]);
    }

    @Override
    public String trying() {
        return from == null ? "start the upload of the blob " + digest : "mount the blob " + digest + " from " + from;
    }

    @Override
    public String missing() {
        return "RepositoryNotFound";
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || (status == 201 && from != null);
    }

    @Override
    public Optional<URI> read(Answer answer, Tried tried) throws RegistryException {
        if (answer.status() == 201) {
            return Optional.empty();
        }
        String location = answer.header("Location");
        if (location == null) {
            throw RegistryException.of(
                    Kind.PERMANENT,
                    "RegistryRefused",
                    tried.but("the answer names no address to send it to", "look at the log of the registry"));
        }
        return Optional.of(answer.uri().resolve(location));
    }
}
