package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.MoverContext;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where uploads of large blobs go on, kept with the run, so that another process finds them. Thread-safe. */
final class UploadNotes {

    private static final Logger LOG = LoggerFactory.getLogger(UploadNotes.class);

    private final MoverContext context;

    UploadNotes(MoverContext context) {
        this.context = context;
    }

    private static String key(String place, Digest blob) {
        return "upload " + place + "@" + blob;
    }

    /** {@return where an upload that an attempt or another process began goes on, if one is known} */
    Optional<URI> find(String place, Digest blob) {
        return context.note(key(place, blob)).flatMap(text -> {
            try {
                return Optional.of(URI.create(text));
            } catch (IllegalArgumentException e) {
                LOG.debug("Not an address of an upload: {}", text);
                return Optional.empty();
            }
        });
    }

    void keep(String place, Digest blob, URI upload) {
        context.note(key(place, blob), upload.toString());
    }

    void forget(String place, Digest blob) {
        context.note(key(place, blob), "");
    }
}
