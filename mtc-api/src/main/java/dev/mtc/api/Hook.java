package dev.mtc.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that runs at a {@link HookPoint} of a cut-over. Immutable.
 *
 * @since 0.1
 */
public sealed interface Hook {

    /**
     * {@return a hook that runs an image as a Job, with the image's own command} Its environment has
     * {@code MIGRATION_PLAN_NAME} and {@code MIGRATION_NAMESPACES}: the plan's namespaces as they are called on the side where
     * it runs, separated by commas. When it fails, the last lines of its log become part of the error, so it should not
     * print secrets.
     *
     * @param image image reference
     * @throws IllegalArgumentException if it is none
     */
    static Job image(String image) {
        return new Job(image, null);
    }

    /**
     * {@return a hook that runs an Ansible playbook as a Job} As {@link #image}, but the image is one of MTC's hook runner: it
     * has {@code ansible-runner}, a project directory {@code /tmp/runner} and an entry point {@code /bin/entrypoint}.
     *
     * @param image image reference
     * @param playbook the playbook's YAML
     * @throws IllegalArgumentException if the reference is none, or the playbook is blank or does not fit into a ConfigMap
     */
    static Job ansible(String image, String playbook) {
        return new Job(image, Job.requirePlaybook(playbook));
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

    /**
     * A hook that runs as a Job on one of the clusters. The methods return changed copies. Its pod has no security context, as
     * the image may need root; a namespace that enforces the restricted Pod Security profile refuses it, unless the cluster
     * adds what is missing, as OpenShift does.
     */
    final class Job implements Hook {

        private static final Duration LONGEST = Duration.ofDays(1);
        private static final int LARGEST_PLAYBOOK = 1 << 20;

        private final String image;
        private final @Nullable String playbook;
        private Side side = Side.SOURCE;
        private @Nullable String namespace;
        private @Nullable String serviceAccount;
        private Duration deadline = Duration.ofMinutes(30);
        private int retries = 6;

        private Job(String image, @Nullable String playbook) {
            this.image = Names.image("hook image", image);
            this.playbook = playbook;
        }

        static String requirePlaybook(String playbook) {
            if (Objects.requireNonNull(playbook, "playbook").isBlank()) {
                throw new IllegalArgumentException("The hook's playbook is blank; give its YAML, or use Hook.image(…)");
            }
            int size = playbook.getBytes(StandardCharsets.UTF_8).length;
            if (size > LARGEST_PLAYBOOK) {
                throw new IllegalArgumentException("The hook's playbook has " + size
                        + " bytes, more than a ConfigMap holds; put the larger part into the image");
            }
            return playbook;
        }

        private Job changed(Consumer<Job> change) {
            Job copy = new Job(image, playbook);
            copy.side = side;
            copy.namespace = namespace;
            copy.serviceAccount = serviceAccount;
            copy.deadline = deadline;
            copy.retries = retries;
            change.accept(copy);
            return copy;
        }

        /**
         * {@return a copy that runs on this side, the source if nothing is said}
         *
         * @param side which
         */
        public Job on(Side side) {
            Objects.requireNonNull(side, "side");
            return changed(copy -> copy.side = side);
        }

        /**
         * {@return a copy that runs in this namespace instead of the plan's first one}
         *
         * @param namespace its name
         * @throws IllegalArgumentException if it is not an RFC 1123 label
         */
        public Job inNamespace(String namespace) {
            Names.label("hook namespace", namespace);
            return changed(copy -> copy.namespace = namespace);
        }

        /**
         * {@return a copy that runs as this account instead of {@code default}}
         *
         * @param name the account's name
         * @throws IllegalArgumentException if it is not an RFC 1123 subdomain
         */
        public Job serviceAccount(String name) {
            Names.subdomain("hook service account", name);
            return changed(copy -> copy.serviceAccount = name);
        }

        /**
         * {@return a copy that must end within this time, all its attempts together; 30 minutes if nothing is said}
         *
         * @param deadline from a second to a day
         * @throws IllegalArgumentException if it is shorter or longer
         */
        public Job deadline(Duration deadline) {
            if (deadline.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "Hook deadline " + deadline + " is too short; give a second or more");
            }
            if (deadline.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("Hook deadline " + deadline + " is too long; give a day at most");
            }
            return changed(copy -> copy.deadline = deadline);
        }

        /**
         * {@return a copy that is run again so many times if it fails, 6 if nothing is said; 0 for what must not run twice}
         *
         * @param retries from 0 to 100
         * @throws IllegalArgumentException if it is less or more
         */
        public Job retries(int retries) {
            if (retries < 0 || retries > 100) {
                throw new IllegalArgumentException("Hook retries are " + retries + "; give a number from 0 to 100");
            }
            return changed(copy -> copy.retries = retries);
        }

        /** {@return the image reference} */
        public String image() {
            return image;
        }

        /** {@return the playbook that it runs, if it is an Ansible hook} */
        public Optional<String> playbook() {
            return Optional.ofNullable(playbook);
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

        /** {@return how many times it is run again if it fails} */
        public int retries() {
            return retries;
        }

        @Override
        public String toString() {
            return "Hook[" + (playbook == null ? "" : "playbook in ") + image + " on " + side.word() + "]";
        }
    }
}
