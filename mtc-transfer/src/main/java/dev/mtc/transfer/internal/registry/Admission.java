package dev.mtc.transfer.internal.registry;

import dev.mtc.api.ImageCheck;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.util.List;

/** Asks a plan's checks whether an image may be copied. */
final class Admission {

    private Admission() {}

    /**
     * Returns if nothing is said against an image.
     *
     * @param checks what is asked, in this order
     * @param image the image
     * @param tried for messages
     * @throws RegistryException if it is refused, or a check breaks
     */
    static void ask(List<ImageCheck> checks, ImageCheck.Candidate image, Tried tried) throws RegistryException {
        for (ImageCheck check : checks) {
            String refusal;
            try {
                refusal = check.refusal(image).orElse("");
            } catch (RuntimeException e) {
                throw RegistryException.of(
                                Kind.USER_FIXABLE,
                                "ImageCheckBroken",
                                tried.but("a check of the plan threw " + e, "mend the check"))
                        .causedBy(e);
            }
            if (!refusal.isEmpty()) {
                throw RegistryException.of(
                        Kind.USER_FIXABLE,
                        "ImageDenied",
                        tried.but(
                                "the plan's checks refuse it: " + refusal,
                                "make the image pass, or leave out what needs it"));
            }
        }
    }
}
