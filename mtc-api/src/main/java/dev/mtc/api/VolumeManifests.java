package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.VolumeChoice.Copy;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.api.model.v1alpha1.PlanClaim;
import dev.mtc.api.model.v1alpha1.Selection;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items of persistentVolumes as {@link VolumeChoice}s, and back. */
final class VolumeManifests {

    private static final String COPY = "copy";
    private static final List<String> ACTIONS = List.of(COPY, "move", "skip");

    private final ManifestObject plan;
    private final ManifestLookup lookup;
    private final VerificationManifests levels;

    VolumeManifests(ManifestObject plan, ManifestLookup lookup) {
        this.plan = plan;
        this.lookup = lookup;
        this.levels = new VerificationManifests(plan, lookup);
    }

    /** {@return the claim on the source, {@code namespace/name}} */
    static String claim(PersistentVolume volume) {
        return text(volume.getPvc().getNamespace()) + "/"
                + text(volume.getPvc().getName()).split(":", 2)[0];
    }

    Optional<VolumeChoice> choice(PersistentVolume volume, String path) {
        String action = text(volume.getSelection().getAction());
        if (!ACTIONS.contains(action)) {
            lookup.wrong(
                    plan,
                    path + ".selection.action",
                    "PvInvalidAction",
                    action.isEmpty() ? "is not set" : "is '" + action + "'",
                    Nearest.fix(action, ACTIONS));
            return Optional.empty();
        } else if (!action.equals(COPY)) {
            return Optional.of(action.equals("move") ? VolumeChoice.move() : VolumeChoice.skip());
        }
        return method(volume.getSelection(), path)
                .map(VolumeChoice::copy)
                .map(it -> ManifestLookup.isEmpty(volume.getSelection().getStorageClass())
                        ? it
                        : it.storageClass(text(volume.getSelection().getStorageClass())))
                .flatMap(it -> accessMode(it, volume, path))
                .flatMap(it -> size(it, volume, path))
                .flatMap(it -> rename(it, volume, path))
                .map(it -> volume.getSelection().isVerify() ? it.verify(levels.of(volume)) : it);
    }

    private Optional<CopyMethod> method(Selection selection, String path) {
        String word = text(selection.getCopyMethod());
        List<String> known =
                Arrays.stream(CopyMethod.values()).map(VolumeManifests::word).toList();
        if (word.isEmpty()) {
            return Optional.of(CopyMethod.FILESYSTEM);
        } else if (known.contains(word)) {
            return Optional.of(CopyMethod.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        lookup.wrong(
                plan,
                path + ".selection.copyMethod",
                "PvInvalidCopyMethod",
                "is '" + word + "'",
                Nearest.fix(word, known));
        return Optional.empty();
    }

    /** A single mode of the claim counts, too: MTC lets users edit it there. {@code auto} leaves it to the storage class. */
    private Optional<Copy> accessMode(Copy copy, PersistentVolume volume, String path) {
        List<String> claimModes = volume.getPvc().getAccessModes();
        String selected = text(volume.getSelection().getAccessMode());
        String mode = selected.isEmpty() && claimModes.size() == 1 ? claimModes.get(0) : selected;
        return mode.isEmpty() || mode.equals("auto")
                ? Optional.of(copy)
                : lookup.attempt(
                        plan, path + ".selection.accessMode", "PvInvalidAccessMode", () -> copy.accessMode(mode));
    }

    private Optional<Copy> size(Copy copy, PersistentVolume volume, String path) {
        Quantity proposed = volume.getProposedCapacity();
        return !volume.isCapacityConfirmed() || proposed.getNumericalAmount().signum() == 0
                ? Optional.of(copy)
                : lookup.attempt(
                        plan, path + ".proposedCapacity", "PvInvalidCapacity", () -> copy.size(proposed.toString()));
    }

    private Optional<Copy> rename(Copy copy, PersistentVolume volume, String path) {
        String[] names = text(volume.getPvc().getName()).split(":", 2);
        return names.length == 1 || names[0].equals(names[1])
                ? Optional.of(copy)
                : lookup.attempt(plan, path + ".pvc.name", "InvalidPVCs", () -> copy.rename(names[1]));
    }

    /** {@return the choice that the annotation of a plan makes for volumes without one of their own} */
    Optional<VolumeChoice> rule() {
        String path = "metadata.annotations." + Annotations.VOLUMES;
        return plan.annotation(Annotations.VOLUMES).flatMap(json -> {
            try {
                return choice(ManifestObject.JSON.readValue(json, PersistentVolume.class), path);
            } catch (JsonProcessingException e) {
                lookup.wrong(
                        plan,
                        path,
                        "WrongType",
                        "is no JSON object like an item of persistentVolumes",
                        "write it like {\"selection\":{\"action\":\"skip\"}}");
                return Optional.empty();
            }
        });
    }

    static PersistentVolume write(String claim, VolumeChoice choice) {
        PersistentVolume volume = write(choice);
        PlanClaim pvc = volume.getPvc();
        int slash = claim.indexOf('/');
        String name = claim.substring(slash + 1);
        pvc.setNamespace(claim.substring(0, slash));
        pvc.setName(
                choice instanceof Copy copy
                        ? copy.targetName().map(target -> name + ":" + target).orElse(name)
                        : name);
        return volume;
    }

    static String writeRule(VolumeChoice choice) {
        ObjectNode json = ManifestObject.JSON.valueToTree(write(choice));
        json.remove(List.of("capacity", "supported", "pvc"));
        if (!json.has("capacityConfirmed")) {
            json.remove("proposedCapacity");
        }
        return json.toString();
    }

    private static PersistentVolume write(VolumeChoice choice) {
        PersistentVolume volume = new PersistentVolume();
        Selection selection = volume.getSelection();
        if (choice instanceof Copy copy) {
            selection.setAction(COPY);
            selection.setCopyMethod(word(copy.method()));
            copy.storageClass().ifPresent(selection::setStorageClass);
            copy.accessMode().ifPresent(selection::setAccessMode);
            selection.setVerify(copy.verification().isPresent());
            copy.size().ifPresent(size -> {
                volume.setProposedCapacity(new Quantity(size));
                volume.setCapacityConfirmed(true);
            });
            volume.getSupported().setCopyMethods(List.of(word(copy.method())));
        } else {
            selection.setAction(choice instanceof VolumeChoice.Move ? "move" : "skip");
        }
        volume.getSupported().setActions(List.of(text(selection.getAction())));
        return volume;
    }

    private static String word(CopyMethod method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
