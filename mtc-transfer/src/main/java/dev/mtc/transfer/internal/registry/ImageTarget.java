package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an image goes to. */
interface ImageTarget {

    /** Opens the blob to write. */
    @FunctionalInterface
    interface Opener {
        /**
         * {@return its content}
         *
         * @param offset how many of its bytes are left out
         */
        InputStream open(long offset) throws IOException;
    }

    /** {@return the manifest that a tag or digest names now, empty if there is none} */
    Optional<ManifestSummary> find(String reference) throws IOException;

    /**
     * {@return whether nothing is missing of an image, as far as the far side does not see to that itself}
     *
     * @param image what {@link #find} found
     */
    boolean isWhole(ManifestSummary image) throws IOException;

    /**
     * Tells what is about to be looked for and written, so that nobody takes it for waste meanwhile.
     *
     * @param parts of one image, its manifest last
     */
    void expect(List<Digest> parts) throws IOException;

    /** {@return whether a blob is there, in its size} */
    boolean has(Descriptor blob) throws IOException;

    /** {@return whether a manifest is there under its digest} */
    boolean has(ManifestSummary manifest) throws IOException;

    /** {@return whether a manifest is there with all that is below it, each of which is looked for} */
    boolean hasAll(ManifestSummary manifest) throws IOException;

    /**
     * Writes a blob if it is not there, or has the far side take it from another repository. It is there only if its content
     * has the digest.
     *
     * @param blob what to write
     * @param from a repository that has it, if one is known
     * @param content opens it, more than once if an attempt failed
     * @param sending told how it goes on
     * @return whether bytes had to be sent
     */
    boolean write(Descriptor blob, @Nullable String from, Opener content, Sending sending) throws IOException;

    /**
     * Writes a manifest whose parts are all there.
     *
     * @param manifest byte for byte what is written
     * @param reference tag or digest
     */
    void write(Manifest manifest, String reference) throws IOException;

    /** {@return the repository within the far side, equal for those that share their blobs} */
    String repository();

    /** {@return the place in words} */
    String place();
}
