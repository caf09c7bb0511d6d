package dev.mtc.api;

import java.util.Optional;

/** Refuses images without a signature. */
enum SignedImages implements ImageCheck {
    INSTANCE;

    @Override
    public Optional<String> refusal(Candidate image) {
        return image.attachments().stream().anyMatch(Attachment::isSignature)
                ? Optional.empty()
                : Optional.of("no signature is attached to " + image.digest());
    }

    @Override
    public String toString() {
        return "ImageCheck[signed]";
    }
}
