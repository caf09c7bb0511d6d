package dev.mtc.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether an image may be copied. Called once for each image of a run, by several threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ImageCheck {

    /**
     * {@return why the image must not be copied, empty if it may be}
     *
     * @param image what is known of it; nothing of it has been copied
     */
    Optional<String> refusal(Candidate image);

    /**
     * An image that is about to be copied.
     *
     * @param reference its full reference on the source
     * @param digest the digest of its manifest or index
     * @param attachments what is attached to it: signatures, attestations, bills of materials
     */
    record Candidate(String reference, String digest, List<Attachment> attachments) {
        public Candidate {
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(digest, "digest");
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * Something that is attached to an image.
     *
     * @param type its artifact type if it names the image as its subject (OCI image specification 1.1), or the ending of its tag
     *     as cosign writes it: {@code sig}, {@code att}, {@code sbom}
     * @param reference its full reference on the source
     */
    record Attachment(String type, String reference) {
        public Attachment {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(reference, "reference");
        }

        /** {@return whether it is a signature of cosign, sigstore or Notary} */
        public boolean isSignature() {
            return type.equals("sig")
                    || type.equals("application/vnd.dev.cosign.artifact.sig.v1+json")
                    || type.equals("application/vnd.cncf.notary.signature")
                    || type.startsWith("application/vnd.dev.sigstore.bundle");
        }
    }

    /** {@return a check that refuses images without a signature} It sees that there is one; it does not verify it. */
    static ImageCheck signed() {
        return SignedImages.INSTANCE;
    }
}
