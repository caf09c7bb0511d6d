package dev.mtc.engine.internal.run;

import dev.mtc.api.Sizes;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lines of a pipeline step's progress in MTC's words, which programs read (MTC specification 3.10). */
public final class ProgressLines {

    private ProgressLines() {}

    /** {@return that capturing objects has not begun} */
    public static String backupNotStarted(String namespace, String name) {
        return "Backup " + namespace + "/" + name + ": Not started";
    }

    /** {@return how many of the objects that were found so far are captured} */
    public static String backup(String namespace, String name, long objects, long total, Duration took) {
        return "Backup " + namespace + "/" + name + ": " + objects + " out of estimated total of "
                + Math.max(objects, total) + " objects backed up (" + duration(took) + ")";
    }

    /** {@return that applying objects has not begun} */
    public static String restoreNotStarted(String namespace, String name) {
        return "Restore " + namespace + "/" + name + ": Not started";
    }

    /** {@return how many of the captured objects were applied} */
    public static String restore(String namespace, String name, long objects, long total, Duration took) {
        return "Restore " + namespace + "/" + name + ": " + restored(objects, total, took);
    }

    /** {@return how many of the captured objects were applied before it failed} */
    public static String restorePartiallyFailed(
            String namespace, String name, long objects, long total, Duration took) {
        return "Restore " + namespace + "/" + name + ": partially failed. " + restored(objects, total, took);
    }

    private static String restored(long objects, long total, Duration took) {
        return objects + " out of estimated total of " + Math.max(objects, total) + " objects restored ("
                + duration(took) + ")";
    }

    /** {@return how many volumes are how far} */
    public static String volumes(long total, long successful, long running, long failed) {
        return total + " total volumes; " + successful + " successful; " + running + " running; " + failed + " failed";
    }

    /**
     * How far one volume is; what is not known is left out.
     *
     * @param claim the claim on the source
     * @param pod the pod that sends it, {@code namespace/name}
     * @param state {@code Pending}, {@code Running}, {@code Completed} or {@code Failed}
     * @param attempt which attempt it is; the first is not worth a word
     * @param limit how many attempts there are at most
     * @param percent the share that has arrived
     * @param rate how fast it moves
     * @param took how long it took or has taken
     */
    public record Volume(
            String claim,
            String pod,
            String state,
            int attempt,
            int limit,
            OptionalLong percent,
            @Nullable String rate,
            @Nullable String took) {

        /** {@return the line} */
        public String line() {
            return "[" + claim + "] " + pod + ": " + state
                    + (attempt > 1 ? " - Attempt " + attempt + " of " + limit : "")
                    + (percent.isEmpty() ? "" : " " + percent.getAsLong() + "%")
                    + (rate == null ? "" : " (Transfer rate " + rate + ")")
                    + (took == null ? "" : " (" + took + ")");
        }
    }

    /**
     * How far one volume is on its way into the repository or out of it.
     *
     * @param volume {@code namespace/name}
     * @param done bytes that are there
     * @param total bytes in all
     * @param took how long it took or has taken
     */
    public record Stored(String volume, long done, long total, String took) {

        /** {@return the line of a volume on its way into the repository} */
        public String backup() {
            return "PodVolumeBackup " + volume + ": " + counted("backed up");
        }

        /** {@return the line of a volume that did not get into the repository} */
        public String failedBackup() {
            return "PodVolumeBackup " + volume + ": Failed. " + counted("backed up");
        }

        /** {@return the line of a volume on its way out of the repository} */
        public String restore() {
            return "PodVolumeRestore " + volume + ": " + counted("restored");
        }

        /** {@return the line of a volume that arrived; MTC writes it like that} */
        public String completed() {
            return "PodVolumeRestoreCompleted " + volume + ": " + counted("restored");
        }

        /** {@return the line of a volume that did not get out of the repository} */
        public String failedRestore() {
            return "PodVolumeRestore " + volume + ": Failed. " + counted("restored");
        }

        private String counted(String verb) {
            return Sizes.format(done) + " out of " + Sizes.format(total) + " " + verb + " (" + took + ")";
        }
    }

    /** {@return the line of a volume that waits for its turn to get into the repository} */
    public static String backupWaits(String volume) {
        return "PodVolumeBackup " + volume + ": Waiting for ongoing volume backup(s) to complete";
    }

    /** {@return how many ImageStreams are how far} */
    public static String imageStreams(long total, long running, long successful, long failed) {
        return total + " total ImageStreams; " + running + " running; " + successful + " successful; " + failed
                + " failed";
    }

    /**
     * {@return how far one ImageStream is: {@code Running}, {@code Completed} or {@code Failed}} MTC names its
     * DirectImageStreamMigration where it knows one; there is none here.
     */
    public static String imageStream(String stream, String state) {
        return "ImageStream " + stream + ": " + state + " ";
    }

    /** {@return how many images that are in no ImageStream are how far; MTC does not copy these} */
    public static String images(long total, long running, long successful, long failed) {
        return total + " total images; " + running + " running; " + successful + " successful; " + failed + " failed";
    }

    /** {@return how far one image is that is in no ImageStream} */
    public static String image(String image, String state) {
        return "Image " + image + ": " + state;
    }

    /** {@return how a hook's Job is doing: {@code Running}, {@code Succeeded} or {@code Failed}} */
    public static String job(String job, String state) {
        return "Job " + job + ": " + state;
    }

    /** {@return a time in whole seconds as Go writes it: {@code 5s}, {@code 1m3s}, {@code 1h0m5s}} */
    public static String duration(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        String text = seconds % 60 + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }
}
