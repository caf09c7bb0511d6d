package dev.mtc.transfer.internal.registry;

import dev.mtc.transfer.internal.registry.UploadStatus.Reached;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob's way into a repository: mounted from another one, or uploaded. The upload of a large one goes on where an earlier
 * attempt, of this or another process, stopped, if the registry still knows how far that came; else it begins anew and
 * says so.
 */
final class BlobUpload {

    /** Smaller ones are sooner sent again than asked about. */
    static final long LARGE = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BlobUpload.class);

    private final RegistryClient client;
    private final String repository;
    private final Retries retries;
    private final UploadNotes notes;
    private final CheckedUpload body;
    private final Sending sending;
    private final String place;
    /** Where the upload goes on that an earlier attempt began, null if there is none. */
    private @Nullable URI begun;

    BlobUpload(RemoteRepository target, CheckedUpload body, Sending sending) {
        this.client = target.client();
        this.repository = target.repository();
        this.place = target.place();
        this.retries = target.retries();
        this.notes = target.notes();
        this.body = body;
        this.sending = sending;
    }

    /**
     * {@return whether bytes had to be sent}
     *
     * @param from a repository of the registry that has the blob, if one is known
     */
    boolean write(@Nullable String from) throws IOException {
        begun = isLarge() ? notes.find(place, digest()).orElse(null) : null;
        return retries.call(() -> attempt(from));
    }

    private boolean isLarge() {
        return body.blob().sizeBytes() >= LARGE;
    }

    private Digest digest() {
        return body.blob().digest();
    }

    private boolean attempt(@Nullable String from) throws IOException {
        if (begun != null && goOn(begun)) {
            return true;
        }
        Optional<URI> upload = start(from);
        if (upload.isPresent()) {
            body.goOnAt(0);
            send(upload.get());
        }
        return upload.isPresent();
    }

    /** {@return whether the blob is there now} Otherwise the registry lost what was sent before. */
    private boolean goOn(URI upload) throws IOException {
        Optional<Reached> reached = client.callOnce(new UploadStatus(repository, upload), retries.halt());
        if (reached.isPresent() && reached.get().offset() <= body.blob().sizeBytes()) {
            LOG.debug("Going on with {} at {}", digest(), reached.get().offset());
            body.goOnAt(reached.get().offset());
            send(reached.get().upload());
            return true;
        }
        forget();
        // The answer to the last byte may be all that was lost.
        if (client.callOnce(new BlobHead(repository, digest()), retries.halt())) {
            body.arrived();
            return true;
        }
        sending.warn("The registry lost the unfinished upload of the blob " + digest() + " to " + place
                + "; it was sent again from its start");
        return false;
    }

    private Optional<URI> start(@Nullable String from) throws IOException {
        try {
            return client.callOnce(new UploadStart(repository, digest(), from), retries.halt());
        } catch (RegistryException e) {
            if (from == null || e.isTransient()) {
                throw e;
            }
            LOG.debug("Uploading instead: {}", e.getMessage());
            return client.callOnce(new UploadStart(repository, digest(), null), retries.halt());
        }
    }

    private void send(URI upload) throws IOException {
        if (isLarge()) {
            begun = upload;
            notes.keep(place, digest(), upload);
        }
        try {
            client.callOnce(new UploadPut(repository, upload, body), retries.halt());
        } catch (RegistryException e) {
            body.failed();
            if (e.isTransient()) {
                throw e;
            }
            forget();
            // What another process sent may be what is wrong.
            throw body.isChecked() ? e : e.passing();
        } catch (IOException e) {
            body.failed();
            throw e;
        }
        forget();
    }

    private void forget() {
        if (begun != null) {
            begun = null;
            notes.forget(place, digest());
        }
    }
}
