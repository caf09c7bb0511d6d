package dev.mtc.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that runs at a {@link HookPoint} of a cut-over. Immutable. */
public sealed interface Hook {

    /**
     * {@return a hook that runs an image as a Job}
     *
     * @param image image reference
     * @throws IllegalArgumentException if it is blank
     */
    static Job image(String image) {
        if (Objects.requireNonNull(image, "image").isBlank()) {
            throw new IllegalArgumentException("The hook image is blank; give a reference such as quay.io/acme/hook:1");
        }
        return new Job(image, Side.SOURCE, null, null, Duration.ofMinutes(30));
    }

    /**
     * {@return a hook in this process} An exception thrown by it fails the migration.
     *
     * @param action called once, on a thread of the run; it should end within minutes and heed interrupts
     */
    static Call call(Consumer<HookContext> action) {
        return new Call(Objects.requireNonNull(action, "action"));
    }

    /**
     * A hook in this process. It cannot be expressed in manifests.
     *
     * @param action what it does
     */
    record Call(Consumer<HookContext> action) implements Hook {
        @Override
        public String toString() {
            return "Hook[call]";
        }
    }

    /** A hook that runs as a Job on one of the clusters. The methods return changed copies. */
    final class Job implements Hook {

        private final String image;
        private final Side side;
        private final @Nullable String namespace;
        private final @Nullable String serviceAccount;
        private final Duration deadline;

        private Job(
                String image,
                Side side,
                @Nullable String namespace,
                @Nullable String serviceAccount,
                Duration deadline) {
            this.image = image;
            this.side = side;
            this.namespace = namespace;
            this.serviceAccount = serviceAccount;
            this.deadline = deadline;
        }

        /**
         * {@return a copy that runs on this side, the source if nothing is said}
         *
         * @param side which
         */
        public Job on(Side side) {
            return new Job(image, Objects.requireNonNull(side), namespace, serviceAccount, deadline);
        }

        /**
         * {@return a copy that runs in this namespace instead of the plan's first one}
         *
         * @param namespace its name
         * @throws IllegalArgumentException if it is not an RFC 1123 label
         */
        public Job inNamespace(String namespace) {
            return new Job(image, side, Names.label("hook namespace", namespace), serviceAccount, deadline);
        }

        /**
         * {@return a copy that runs as this account instead of {@code default}}
         *
         * @param name the account's name
         * @throws IllegalArgumentException if it is not an RFC 1123 subdomain
         */
        public Job serviceAccount(String name) {
            return new Job(image, side, namespace, Names.subdomain("hook service account", name), deadline);
        }

        /**
         * {@return a copy that must end within this time, 30 minutes if nothing is said}
         *
         * @param deadline at least a second
         * @throws IllegalArgumentException if it is shorter
         */
        public Job deadline(Duration deadline) {
            if (deadline.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "Hook deadline " + deadline + " is too short; give a second or more");
            }
            return new Job(image, side, namespace, serviceAccount, deadline);
        }

        /** {@return the image reference} */
        public String image() {
            return image;
        }

        /** {@return where it runs} */
        public Side side() {
            return side;
        }

        /** {@return its namespace, if chosen} */
        public Optional<String> namespace() {
            return Optional.ofNullable(namespace);
        }

        /** {@return its account, if chosen} */
        public Optional<String> serviceAccount() {
            return Optional.ofNullable(serviceAccount);
        }

        /** {@return when it must have ended} */
        public Duration deadline() {
            return deadline;
        }

        @Override
        public String toString() {
            return "Hook[" + image + " on " + side.word() + "]";
        }
    }
}
