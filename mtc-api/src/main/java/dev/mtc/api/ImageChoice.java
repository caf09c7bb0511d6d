package dev.mtc.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How images are copied, and which of them may be. Immutable; the methods return changed copies.
 *
 * @since 0.1
 */
public final class ImageChoice {

    private static final String PLATFORM = "[a-z0-9]+/[a-z0-9_]+(/[a-z0-9_.]+)?";
    private static final ImageChoice DEFAULT =
            new ImageChoice(List.of(), null, null, null, false, false, true, List.of());

    private final List<String> platforms;
    private final @Nullable String largest;
    private final @Nullable String bandwidth;
    private final @Nullable Integer atOnce;
    private final boolean pinned;
    private final boolean pullSecrets;
    private final boolean attachments;
    private final List<ImageCheck> checks;

    private ImageChoice(
            List<String> platforms,
            @Nullable String largest,
            @Nullable String bandwidth,
            @Nullable Integer atOnce,
            boolean pinned,
            boolean pullSecrets,
            boolean attachments,
            List<ImageCheck> checks) {
        this.platforms = platforms;
        this.largest = largest;
        this.bandwidth = bandwidth;
        this.atOnce = atOnce;
        this.pinned = pinned;
        this.pullSecrets = pullSecrets;
        this.attachments = attachments;
        this.checks = checks;
    }

    /** {@return images as they are: all platforms, any size, references that keep their tags} */
    public static ImageChoice copy() {
        return DEFAULT;
    }

    /**
     * {@return a copy that brings only these platforms of images with several} The target gets an index of them, whose digest
     * is another than the source's. Images that are referred to by digest are copied whole, as nothing else has that digest; so
     * are images that are for one platform only.
     *
     * @param wanted each as {@code os/architecture} or {@code os/architecture/variant}; without a variant, all of them
     * @throws IllegalArgumentException if one is no platform, or there is none
     */
    public ImageChoice platforms(String... wanted) {
        if (wanted.length == 0) {
            throw new IllegalArgumentException("No platform is given; name at least one, for example linux/amd64");
        }
        for (String platform : wanted) {
            if (!platform.matches(PLATFORM)) {
                throw new IllegalArgumentException(
                        "Platform '" + platform + "' is not os/architecture[/variant]; write it like linux/amd64");
            }
        }
        return new ImageChoice(List.of(wanted), largest, bandwidth, atOnce, pinned, pullSecrets, attachments, checks);
    }

    /**
     * {@return a copy that refuses larger images} A refused image fails the migration before any of its layers is copied.
     *
     * @param quantity the most that manifests, configurations and layers of all copied platforms may have together, a
     *     Kubernetes quantity of bytes such as {@code 20Gi}
     * @throws IllegalArgumentException if that is not a quantity
     */
    public ImageChoice atMost(String quantity) {
        return new ImageChoice(
                platforms,
                Quantities.positive("Size", quantity),
                bandwidth,
                atOnce,
                pinned,
                pullSecrets,
                attachments,
                checks);
    }

    /**
     * {@return a copy that sends no more than this in a second, all images of a run together}
     *
     * @param quantity a Kubernetes quantity of bytes such as {@code 50Mi}
     * @throws IllegalArgumentException if that is not a quantity
     */
    public ImageChoice bandwidth(String quantity) {
        return new ImageChoice(
                platforms,
                largest,
                Quantities.positive("Bandwidth", quantity),
                atOnce,
                pinned,
                pullSecrets,
                attachments,
                checks);
    }

    /**
     * {@return a copy that has no more images of a run under way at the same time} Without, the mover decides.
     *
     * @param images how many
     * @throws IllegalArgumentException if that is less than 1
     */
    public ImageChoice atOnce(int images) {
        if (images < 1) {
            throw new IllegalArgumentException("Images at once are " + images + "; give 1 or more");
        }
        return new ImageChoice(platforms, largest, bandwidth, images, pinned, pullSecrets, attachments, checks);
    }

    /**
     * {@return a copy that has migrated objects refer to copied images by digest} What a tag names may change later; a digest
     * is the very image that was copied.
     */
    public ImageChoice pinned() {
        return new ImageChoice(platforms, largest, bandwidth, atOnce, true, pullSecrets, attachments, checks);
    }

    /**
     * {@return a copy that logs in to registries as the application does} Where the plan gives no login for a registry, the
     * image pull Secrets of its namespaces on the source are used for reading: the first with the registry's host, by
     * namespaces in the plan's order and by name.
     */
    public ImageChoice usePullSecrets() {
        return new ImageChoice(platforms, largest, bandwidth, atOnce, pinned, true, attachments, checks);
    }

    /**
     * {@return a copy that brings images alone} Without, what is attached to them comes along: signatures, attestations, bills of
     * materials. To look for that costs the source one more request for each repository, which lists its tags, and another one for
     * each image, or for each repository if the registry does not know subjects; an image that is already on the target costs one
     * request of each side besides. Checks that ask for attachments still get to know them.
     */
    public ImageChoice withoutAttachments() {
        return new ImageChoice(platforms, largest, bandwidth, atOnce, pinned, pullSecrets, false, checks);
    }

    /**
     * {@return a copy that asks before an image is copied, after those asked before} A refused image fails the migration.
     *
     * @param check what is asked, for example {@link ImageCheck#signed()}
     */
    public ImageChoice admit(ImageCheck check) {
        List<ImageCheck> more = new ArrayList<>(checks);
        more.add(Objects.requireNonNull(check, "check"));
        return new ImageChoice(
                platforms, largest, bandwidth, atOnce, pinned, pullSecrets, attachments, List.copyOf(more));
    }

    /** {@return the platforms that are copied, empty for all} */
    public List<String> platforms() {
        return platforms;
    }

    /** {@return the size of the largest image that is copied, as it was given} */
    public Optional<String> largest() {
        return Optional.ofNullable(largest);
    }

    /** {@return the size of the largest image that is copied, in bytes} */
    public OptionalLong largestBytes() {
        return Quantities.bytes(largest);
    }

    /** {@return what is sent in a second at most, as it was given} */
    public Optional<String> bandwidth() {
        return Optional.ofNullable(bandwidth);
    }

    /** {@return what is sent in a second at most, in bytes} */
    public OptionalLong bytesPerSecond() {
        return Quantities.bytes(bandwidth);
    }

    /** {@return how many images of a run are under way at the same time at most; empty if the mover decides} */
    public OptionalInt atOnce() {
        return atOnce == null ? OptionalInt.empty() : OptionalInt.of(atOnce);
    }

    /** {@return whether migrated objects refer to copied images by digest} */
    public boolean isPinned() {
        return pinned;
    }

    /** {@return whether image pull Secrets of the source are used for reading} */
    public boolean usesPullSecrets() {
        return pullSecrets;
    }

    /** {@return whether signatures and the like that are attached to images come along} */
    public boolean bringsAttachments() {
        return attachments;
    }

    /** {@return what is asked before an image is copied, in the order given} */
    public List<ImageCheck> checks() {
        return checks;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.addAll(platforms);
        largest().ifPresent(size -> parts.add("at most " + size));
        bandwidth().ifPresent(rate -> parts.add(rate + "/s"));
        if (atOnce != null) {
            parts.add(atOnce + " at once");
        }
        if (pinned) {
            parts.add("pinned");
        }
        if (pullSecrets) {
            parts.add("with pull secrets");
        }
        if (!attachments) {
            parts.add("without attachments");
        }
        if (!checks.isEmpty()) {
            parts.add(Counts.of(checks.size(), "check"));
        }
        return "ImageChoice[" + (parts.isEmpty() ? "all" : String.join(", ", parts)) + "]";
    }
}
