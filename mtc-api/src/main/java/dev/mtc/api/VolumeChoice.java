package dev.mtc.api;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a volume: its data is copied, the volume itself is moved, or it is left out (MTC's actions copy, move and
 * skip). Immutable.
 *
 * @since 0.1
 */
public sealed interface VolumeChoice {

    /** {@return a copy, file by file; of volumes of mode Block, which have no files, block by block} */
    static Copy copy() {
        return copy(CopyMethod.FILESYSTEM);
    }

    /**
     * {@return a copy}
     *
     * @param method how; {@link CopyMethod#BLOCK} is for volumes of mode Block that go straight from cluster to cluster, and movers of
     *     this version do not know {@link CopyMethod#SNAPSHOT}: plans that ask for more are refused before anything is touched
     */
    static Copy copy(CopyMethod method) {
        return new Copy(method, null, null, null, null, null);
    }

    /**
     * {@return the volume itself re-attached on the target, where both clusters reach the storage} A cut-over does so after the
     * applications were stopped, for which it must {@link Migration#quiesce}; stages and state migrations leave the volume alone.
     * The source's PersistentVolume stays, its reclaim policy becomes {@code Retain} and what it was is kept in an annotation;
     * the target gets one of the same name for the same storage, with policy {@code Retain}, and a claim bound to it. A cancel,
     * a failure and a rollback delete these two and give the source's volume its policy back; data is never deleted. Volumes on
     * the disk of a node are refused, one of type hostPath unless it is annotated with {@code mtc.dev/shared-path: "true"}.
     */
    static Move move() {
        return new Move();
    }

    /** {@return neither claim nor data on the target} */
    static Skip skip() {
        return new Skip();
    }

    /** The volume itself is re-attached on the target. */
    record Move() implements VolumeChoice {}

    /** The volume is left out. */
    record Skip() implements VolumeChoice {}

    /** The data is copied into a claim on the target. The methods return changed copies. */
    final class Copy implements VolumeChoice {

        private final CopyMethod method;
        private final @Nullable String storageClass;
        private final @Nullable String accessMode;
        private final @Nullable String size;
        private final @Nullable String targetName;
        private final @Nullable Verification verification;

        private Copy(
                CopyMethod method,
                @Nullable String storageClass,
                @Nullable String accessMode,
                @Nullable String size,
                @Nullable String targetName,
                @Nullable Verification verification) {
            this.method = Objects.requireNonNull(method, "method");
            this.storageClass = storageClass;
            this.accessMode = accessMode;
            this.size = size;
            this.targetName = targetName;
            this.verification = verification;
        }

        /**
         * {@return a copy into this storage class of the target instead of the proposed one}
         *
         * @param name the class's name
         */
        public Copy storageClass(String name) {
            return new Copy(method, Objects.requireNonNull(name), accessMode, size, targetName, verification);
        }

        /**
         * {@return a copy into a claim with this access mode}
         *
         * @param mode for example {@code ReadWriteMany}
         * @throws IllegalArgumentException if Kubernetes knows no such mode
         */
        public Copy accessMode(String mode) {
            if (!mode.matches("ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod")) {
                throw new IllegalArgumentException("Access mode '" + mode
                        + "' is unknown; use ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod");
            }
            return new Copy(method, storageClass, mode, size, targetName, verification);
        }

        /**
         * {@return a copy into a claim of this size}
         *
         * @param quantity a Kubernetes quantity such as {@code 20Gi}
         * @throws IllegalArgumentException if that is not a quantity
         */
        public Copy size(String quantity) {
            return new Copy(
                    method, storageClass, accessMode, Quantities.positive("Size", quantity), targetName, verification);
        }

        /**
         * {@return a copy into a claim of another name}
         *
         * @param claim the claim's name on the target
         * @throws IllegalArgumentException if that is not an RFC 1123 subdomain
         */
        public Copy rename(String claim) {
            return new Copy(method, storageClass, accessMode, size, Names.subdomain("claim name", claim), verification);
        }

        /** {@return a copy whose contents and attributes are compared afterwards} */
        public Copy verify() {
            return verify(Verification.FULL);
        }

        /**
         * {@return a copy that is compared afterwards}
         *
         * @param level how much is compared
         */
        public Copy verify(Verification level) {
            return new Copy(method, storageClass, accessMode, size, targetName, Objects.requireNonNull(level, "level"));
        }

        /** {@return how the data is copied} */
        public CopyMethod method() {
            return method;
        }

        /** {@return the target's storage class, if chosen} */
        public Optional<String> storageClass() {
            return Optional.ofNullable(storageClass);
        }

        /** {@return the target claim's access mode, if chosen} */
        public Optional<String> accessMode() {
            return Optional.ofNullable(accessMode);
        }

        /** {@return the target claim's size, if chosen} */
        public Optional<String> size() {
            return Optional.ofNullable(size);
        }

        /** {@return the target claim's name, if another} */
        public Optional<String> targetName() {
            return Optional.ofNullable(targetName);
        }

        /** {@return how much is compared after the copy; empty if nothing but what the transfer itself checks} */
        public Optional<Verification> verification() {
            return Optional.ofNullable(verification);
        }

        @Override
        public String toString() {
            return "Copy[" + method
                    + (storageClass == null ? "" : ", class " + storageClass)
                    + (accessMode == null ? "" : ", " + accessMode)
                    + (size == null ? "" : ", " + size)
                    + (targetName == null ? "" : ", as " + targetName)
                    + (verification == null ? "" : ", " + words(verification)) + "]";
        }

        private static String words(Verification level) {
            return level == Verification.FULL
                    ? "verified"
                    : "verified " + level.name().toLowerCase(Locale.ROOT);
        }
    }
}
