package dev.mtc.transfer.internal.registry;

import dev.mtc.transfer.internal.registry.UploadStatus.Reached;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
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

    /** What is sent at once of a large one, and at most sent again after something broke. */
    private static final int PART = 8 * 1024 * 1024;

    /** How registries refuse a part that do not take parts, or not after what they have. */
    private static final Set<String> UNWANTED = Set.of("UploadLost", "RegistryRefused");

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
        if (client.callOnce(new BlobHead(repository, body.blob()), retries.halt())) {
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
        keep(upload);
        try {
            if (isLarge() && client.takesParts(upload)) {
                put(sendParts(upload), body.end());
            } else {
                put(upload, body);
            }
        } catch (RegistryException e) {
            body.failed();
            if (e.isTransient()) {
                throw e;
            }
            giveUp();
            // What another process sent may be what is wrong.
            throw body.isChecked() ? e : e.passing();
        } catch (IOException e) {
            body.failed();
            throw e;
        }
        forget();
    }

    private void put(URI upload, Body rest) throws IOException {
        client.callOnce(new UploadPut(repository, upload, body, rest), retries.halt());
    }

    /**
     * Sends all in parts, each of which is read before it is sent: so whatever happens to the source, and mostly what happens
     * to this process too, leaves the registry with whole parts. Some go on after nothing else.
     *
     * @return where the upload is finished
     */
    private URI sendParts(URI upload) throws IOException {
        URI next = upload;
        if (body.length() == 0) {
            return next;
        }
        byte[] buffer = new byte[PART];
        try (CheckedUpload.Rest rest = body.new Rest()) {
            while (body.length() > 0) {
                int count = rest.read(buffer);
                next = patch(new UploadPatch(repository, next, body.offset(), Body.of(buffer, count)));
                keep(next);
                rest.arrived(count);
            }
        }
        return next;
    }

    private URI patch(UploadPatch part) throws IOException {
        try {
            URI next = client.callOnce(part, retries.halt());
            client.chunking().works();
            return next;
        } catch (RegistryException e) {
            boolean isUnwanted = UNWANTED.contains(e.reason());
            if (isUnwanted && client.chunking().refuse()) {
                LOG.debug("Sending blobs in one piece: {}", e.getMessage());
                giveUp();
            }
            throw isUnwanted ? e.passing() : e;
        }
    }

    private void keep(URI upload) {
        if (isLarge()) {
            begun = upload;
            notes.keep(place, digest(), upload);
        }
    }

    /** Has the registry forget what it has; some cannot. */
    private void giveUp() {
        if (begun != null) {
            try {
                client.callOnce(new UploadCancel(repository, begun), retries.halt());
            } catch (IOException e) {
                LOG.debug("An unfinished upload stays: {}", e.getMessage());
            }
            forget();
        }
    }

    private void forget() {
        if (begun != null) {
            begun = null;
            notes.forget(place, digest());
        }
    }
}
