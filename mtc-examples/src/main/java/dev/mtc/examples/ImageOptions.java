package dev.mtc.examples;

import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How images are copied, and which. */
final class ImageOptions {

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]",
            description = "Copy only this platform of images with several; may be repeated.")
    private List<String> platforms = new ArrayList<>();

    @Option(names = "--largest-image", paramLabel = "SIZE", description = "Refuse larger images, such as 20Gi.")
    private @Nullable String largest;

    @Option(
            names = "--image-bandwidth",
            paramLabel = "SIZE",
            description = "Bytes in a second for all images together.")
    private @Nullable String bandwidth;

    @Option(names = "--pin-images", description = "Let migrated objects refer to images by digest.")
    private boolean pinned;

    @Option(names = "--signed-images", description = "Refuse images without a signature attached.")
    private boolean signed;

    @Option(names = "--use-pull-secrets", description = "Read images with the namespaces' own pull Secrets.")
    private boolean pullSecrets;

    @Option(
            names = "--without-attachments",
            description = "Leave signatures and the like behind, which are not looked for then.")
    private boolean withoutAttachments;

    ImageChoice choice() {
        ImageChoice choice = ImageChoice.copy();
        choice = platforms.isEmpty() ? choice : choice.platforms(platforms.toArray(String[]::new));
        choice = largest == null ? choice : choice.atMost(largest);
        choice = bandwidth == null ? choice : choice.bandwidth(bandwidth);
        choice = pinned ? choice.pinned() : choice;
        choice = signed ? choice.admit(ImageCheck.signed()) : choice;
        choice = withoutAttachments ? choice.withoutAttachments() : choice;
        return pullSecrets ? choice.usePullSecrets() : choice;
    }
}
