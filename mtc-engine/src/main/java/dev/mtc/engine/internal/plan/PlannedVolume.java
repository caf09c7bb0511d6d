package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.CopyMethod;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claim of the source and what the plan does with it.
 *
 * @param source the claim
 * @param target where it is to be on the target
 * @param choice what is done with it
 * @param claim the claim as it is on the source
 * @param way what becomes of it
 */
public record PlannedVolume(ClaimRef source, ClaimRef target, VolumeChoice choice, ObjectNode claim, Way way) {

    /** What becomes of a claim that the plan does not leave out. */
    public enum Way {
        /** It gets a copy in another place. */
        MIGRATED,
        /** It gets a copy beside itself, which takes its place. */
        CONVERTED,
        /** A plan that converts storage has nothing to change on it. */
        KEPT
    }

    /** A volume that gets a copy in another place. */
    public PlannedVolume(ClaimRef source, ClaimRef target, VolumeChoice choice, ObjectNode claim) {
        this(source, target, choice, claim, Way.MIGRATED);
    }

    /** {@return how it is copied, empty if it is not; a device has no files, so that it goes block by block} */
    public Optional<VolumeChoice.Copy> copy() {
        if (!(choice instanceof VolumeChoice.Copy copy) || way == Way.KEPT) {
            return Optional.empty();
        }
        return Optional.of(isDevice() && copy.method() == CopyMethod.FILESYSTEM ? blockwise(copy) : copy);
    }

    private static VolumeChoice.Copy blockwise(VolumeChoice.Copy files) {
        VolumeChoice.Copy copy = VolumeChoice.copy(CopyMethod.BLOCK);
        copy = files.storageClass().map(copy::storageClass).orElse(copy);
        copy = files.accessMode().map(copy::accessMode).orElse(copy);
        copy = files.size().map(copy::size).orElse(copy);
        copy = files.targetName().map(copy::rename).orElse(copy);
        return files.verification().map(copy::verify).orElse(copy);
    }

    /** {@return whether a cut-over takes the volume itself to the target, instead of a copy} */
    public boolean isMoved() {
        return choice instanceof VolumeChoice.Move && way == Way.MIGRATED && isBound();
    }

    /** {@return whether the target gets a claim for it that a cut-over hands over} */
    public boolean isCarried() {
        return copy().isPresent() || isMoved();
    }

    /** {@return the name of the volume behind the claim, empty if there is none yet} */
    public String volumeName() {
        return claim.path("spec").path("volumeName").asText();
    }

    /** {@return why it is not copied, if it is not} */
    public String whyLeftOut() {
        if (choice instanceof VolumeChoice.Move) {
            return way == Way.MIGRATED ? whyNotMoved() : "storage is converted by copying only";
        }
        return choice instanceof VolumeChoice.Copy
                ? "storage class, access mode and size stay as they are"
                : "the plan leaves it out";
    }

    private String whyNotMoved() {
        return isBound()
                ? "it is moved by the cut-over, which is not this"
                : "the claim is not bound, so there is no volume to move";
    }

    /** {@return whether there is a volume with data behind the claim} */
    public boolean isBound() {
        return claim.path("status").path("phase").asText().equals("Bound");
    }

    /** {@return whether its data is copied} */
    public boolean hasDataToCopy() {
        return copy().isPresent() && isBound();
    }

    /** {@return its size as the claim asks for it} */
    public String requestedSize() {
        return claim.path("spec")
                .path("resources")
                .path("requests")
                .path("storage")
                .asText();
    }

    /**
     * {@return its size on the target} What the plan says, or else what the claim asks for, or what it got if that is more: all
     * of it may be used.
     */
    public String targetSize() {
        return copy().flatMap(VolumeChoice.Copy::size).orElseGet(this::proposedSize);
    }

    private String proposedSize() {
        String requested = requestedSize();
        String actual = claim.path("status").path("capacity").path("storage").asText(requested);
        return bytes(actual).compareTo(bytes(requested)) > 0 ? actual : requested;
    }

    private static BigDecimal bytes(String quantity) {
        try {
            return Quantity.getAmountInBytes(new Quantity(quantity));
        } catch (IllegalArgumentException e) {
            return BigDecimal.ZERO;
        }
    }

    /** {@return its access modes on the source} */
    public List<String> sourceAccessModes() {
        List<String> modes = new ArrayList<>();
        claim.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText()));
        return modes;
    }

    /** {@return its access modes on the target} */
    public List<String> targetAccessModes() {
        return copy().flatMap(VolumeChoice.Copy::accessMode).map(List::of).orElseGet(this::sourceAccessModes);
    }

    /** {@return Filesystem or Block} */
    public String volumeMode() {
        return claim.path("spec").path("volumeMode").asText("Filesystem");
    }

    /** {@return whether applications see a device, and no file system} */
    public boolean isDevice() {
        return volumeMode().equals("Block");
    }

    /** {@return its storage class on the source, empty if it has none} */
    public String sourceStorageClass() {
        return claim.path("spec").path("storageClassName").asText("");
    }
}
