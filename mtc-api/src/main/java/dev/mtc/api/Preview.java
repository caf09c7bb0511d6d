package dev.mtc.api;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cut-over would do: the very actions that it takes if nothing changes on the clusters meanwhile. A run made with
 * {@link Migration#expecting} tells what it did otherwise.
 *
 * @param actions everything, objects in the order in which they would be applied, then images, volumes and hooks
 * @param warnings what could not be carried over or needs attention
 * @param forecast how long it is likely to take while the applications are stopped
 * @since 0.1
 */
public record Preview(List<Action> actions, List<Problem> warnings, CutoverForecast forecast) {

    /** The code of a deviation: it was done but not previewed. */
    public static final String NOT_PREVIEWED = "NotPreviewed";

    /** The code of a deviation: it was previewed, but the run had nothing to do with it. */
    public static final String PREVIEWED_NOT_DONE = "PreviewedNotDone";

    /** The code of a deviation: it had another end than the verb of the preview says. */
    public static final String DONE_OTHERWISE = "DoneOtherwise";

    /** The code of a deviation: an object was applied as previewed, but with other content. */
    public static final String OTHER_CONTENT = "OtherContent";

    public Preview {
        actions = List.copyOf(actions);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(forecast, "forecast");
    }

    /**
     * Makes one without a forecast.
     *
     * @param actions everything
     * @param warnings what needs attention
     */
    public Preview(List<Action> actions, List<Problem> warnings) {
        this(actions, warnings, CutoverForecast.NONE);
    }

    /**
     * {@return a copy with a forecast}
     *
     * @param forecast how long it is likely to take
     */
    public Preview forecast(CutoverForecast forecast) {
        return new Preview(actions, warnings, forecast);
    }

    /** What would happen to something. */
    public enum Verb {
        /** It would be made on the target. */
        CREATE,
        /** It is on the target and would be changed. */
        UPDATE,
        /** It is on the target and equal. */
        UNCHANGED,
        /** It would not be carried over. */
        SKIP,
        /** The target does not serve its kind, so it would not be carried over. */
        UNSUPPORTED,
        /** Its data would be copied. */
        COPY,
        /** The volume itself would be taken over by the target, without copying. */
        MOVE,
        /** It would be run. */
        RUN,
        /** It is in the way, or a transform fails for it, which would keep the migration from starting. */
        CONFLICT
    }

    /**
     * One field that would be changed.
     *
     * @param path where, such as {@code spec.ports[0].port}
     * @param before the value on the target as JSON text, null if it has none; values of Secrets are masked
     * @param after the value that it would get as JSON text, null if it would have none; values of Secrets are masked
     */
    public record Change(String path, @Nullable String before, @Nullable String after) {

        /** What stands for a value of a Secret, as JSON text. */
        public static final String MASKED = "\"(masked)\"";

        public Change {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String toString() {
            return path + ": " + (before == null ? "nothing" : before) + " -> " + (after == null ? "nothing" : after);
        }
    }

    /**
     * What would happen to one thing.
     *
     * @param verb what
     * @param kind {@code object}, {@code image}, {@code volume} or {@code hook}
     * @param subject its name on the target, or on the source where it is skipped; {@code source -> target} where images
     *     and volumes get another one
     * @param bytes bytes to copy, -1 if not known, 0 for objects and hooks; for volumes the size of the claim, which is the
     *     most that it can be
     * @param presentBytes bytes of it that the target has already, -1 if not known, 0 for anything but images
     * @param storageClass the target's storage class of a volume, empty for its default and for anything else
     * @param reason why, empty if obvious
     * @param transforms names of the transforms that changed the object, in their order
     * @param changes where the target differs, which an update would change; empty for what is made, equal or not compared
     * @param contentDigest tells the content that an object would be applied with from any other, its status and what
     *     names plan and run left out; that of a Secret also depends on the uid on the source, so that no value can be
     *     guessed from it. Empty for anything that would not be applied and where it is not known
     */
    public record Action(
            Verb verb,
            String kind,
            String subject,
            long bytes,
            long presentBytes,
            String storageClass,
            String reason,
            List<String> transforms,
            List<Change> changes,
            String contentDigest) {

        public Action {
            Objects.requireNonNull(verb, "verb");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(storageClass, "storageClass");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(contentDigest, "contentDigest");
            transforms = List.copyOf(transforms);
            changes = List.copyOf(changes);
        }

        /**
         * {@return an action without bytes, transforms, changes and digest}
         *
         * @param verb what
         * @param kind {@code object}, {@code image}, {@code volume} or {@code hook}
         * @param subject its name
         * @param reason why, empty if obvious
         */
        public static Action of(Verb verb, String kind, String subject, String reason) {
            return new Action(verb, kind, subject, 0, 0, "", reason, List.of(), List.of(), "");
        }

        /**
         * {@return a copy that says how much there is to copy}
         *
         * @param toCopy bytes to copy, -1 if not known
         * @param present bytes that the target has already, -1 if not known
         */
        public Action bytes(long toCopy, long present) {
            return new Action(
                    verb, kind, subject, toCopy, present, storageClass, reason, transforms, changes, contentDigest);
        }

        /**
         * {@return a copy for a volume of a storage class of the target}
         *
         * @param name the class, empty for the default
         */
        public Action storageClass(String name) {
            return new Action(
                    verb, kind, subject, bytes, presentBytes, name, reason, transforms, changes, contentDigest);
        }

        /**
         * {@return a copy that names what changed the object}
         *
         * @param names of the transforms, in their order
         */
        public Action transforms(List<String> names) {
            return new Action(
                    verb, kind, subject, bytes, presentBytes, storageClass, reason, names, changes, contentDigest);
        }

        /**
         * {@return a copy that says what would be changed}
         *
         * @param fields each of them
         */
        public Action changes(List<Change> fields) {
            return new Action(
                    verb, kind, subject, bytes, presentBytes, storageClass, reason, transforms, fields, contentDigest);
        }

        /**
         * {@return a copy that tells its content from any other}
         *
         * @param digest of the content that would be applied, empty if not known
         */
        public Action contentDigest(String digest) {
            return new Action(
                    verb, kind, subject, bytes, presentBytes, storageClass, reason, transforms, changes, digest);
        }

        /** {@return all of it, a line for the action and one for each change} */
        public String describe() {
            return this
                    + (transforms.isEmpty() ? "" : " [" + String.join(", ", transforms) + "]")
                    + changes.stream().map(change -> "\n    " + change).collect(Collectors.joining());
        }

        private String amount() {
            String amount = (bytes > 0 ? Sizes.format(bytes) : "")
                    + (bytes > 0 && presentBytes > 0 ? ", " : "")
                    + (presentBytes > 0 ? Sizes.format(presentBytes) + " there" : "")
                    + (storageClass.isEmpty() ? "" : (bytes > 0 ? ", " : "") + "class " + storageClass);
            return amount.isEmpty() ? "" : " (" + amount + ")";
        }

        @Override
        public String toString() {
            return verb + " " + kind + " " + subject + amount() + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** {@return all of it, a line for each action, change and warning, and what the forecast says} */
    public String describe() {
        return this
                + actions.stream()
                        .map(a -> "\n  " + a.describe().replace("\n", "\n  "))
                        .collect(Collectors.joining())
                + warnings.stream().map(w -> "\n  WARN " + w).collect(Collectors.joining())
                + (forecast.equals(CutoverForecast.NONE) ? "" : "\n  FORECAST " + forecast.describe());
    }

    /**
     * {@return all of it as a JSON object} Its fields: {@code version} (1), {@code actions}, {@code warnings} and
     * {@code forecast}, which is as in {@link CutoverForecast#toJson} and left out if none was made. An action
     * has the fields {@code verb}, {@code kind}, {@code subject}, {@code bytes}, {@code presentBytes}, {@code storageClass},
     * {@code reason}, {@code transforms} (names), {@code contentDigest} and {@code changes}, of which each has {@code path}, {@code before} and
     * {@code after}, JSON values that are left out where there is none. A warning has {@code severity}, {@code where},
     * {@code code}, {@code reason}, {@code message} and {@code fix}. Names and meanings stay; fields may be added.
     */
    public String toJson() {
        return PreviewJson.write(this);
    }

    /**
     * {@return a preview that was written by {@link #toJson}} So that one process shows it and another runs it.
     *
     * @param json the text
     * @throws IllegalArgumentException if it is something else, naming what
     */
    public static Preview fromJson(String json) {
        return PreviewJson.read(Objects.requireNonNull(json, "json"));
    }

    /**
     * {@return where a finished cut-over was not what was previewed} The codes are {@link #NOT_PREVIEWED}, {@link
     * #PREVIEWED_NOT_DONE}, {@link #DONE_OTHERWISE} and {@link #OTHER_CONTENT}, which needs outcomes of a run made with
     * {@link Migration#expecting}. What failed is left out, as the result's errors name it; so is the
     * amount of data.
     *
     * @param outcomes the result's items
     */
    public List<Problem> deviations(Collection<ItemOutcome> outcomes) {
        return PreviewDeviations.of(this, outcomes);
    }

    private long count(String kind, Verb verb) {
        return actions.stream()
                .filter(a -> a.kind().equals(kind) && a.verb() == verb)
                .count();
    }

    @Override
    public String toString() {
        long conflicts = actions.stream().filter(a -> a.verb() == Verb.CONFLICT).count();
        long unsupported = count("object", Verb.UNSUPPORTED);
        return "Preview[" + count("object", Verb.CREATE) + " create, " + count("object", Verb.UPDATE) + " update, "
                + count("object", Verb.UNCHANGED) + " unchanged, " + count("object", Verb.SKIP) + " skip"
                + (unsupported == 0 ? "" : ", " + unsupported + " unsupported") + "; " + data("image") + "; "
                + data("volume") + (conflicts == 0 ? "" : "; " + Counts.of(conflicts, "conflict"))
                + (warnings.isEmpty() ? "" : "; " + Counts.of(warnings.size(), "warning")) + "]";
    }

    private String data(String kind) {
        long bytes = actions.stream()
                .filter(a -> a.kind().equals(kind) && a.verb() == Verb.COPY)
                .mapToLong(a -> Math.max(0, a.bytes()))
                .sum();
        return Counts.of(count(kind, Verb.COPY), kind) + (bytes == 0 ? "" : " " + Sizes.format(bytes));
    }
}
