package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where an image comes from. */
interface ImageSource {

    /** {@return the manifest that a tag or digest names now, empty if there is none} */
    Optional<ManifestSummary> find(String reference) throws IOException;

    /**
     * {@return a manifest}
     *
     * @param reference tag or digest
     */
    Manifest manifest(String reference) throws IOException;

    /**
     * {@return a blob's content, which goes on where it stopped if the connection breaks; not checked against the digest}
     *
     * @param offset how many of its bytes are left out
     */
    InputStream open(Descriptor blob, long offset) throws IOException;

    /** {@return the place in words} */
    String place();
}
