package dev.mtc.engine.internal.run;

import dev.mtc.api.Sizes;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Lines of a pipeline step's progress in MTC's words, which programs read (MTC specification 3.10). */
public final class ProgressLines {

    private ProgressLines() {}

    /** {@return how many objects were captured} */
    public static String backup(String namespace, String name, long objects, Duration took) {
        return "Backup " + namespace + "/" + name + ": " + objects + " out of estimated total of " + objects
                + " objects backed up (" + duration(took) + ")";
    }

    /** {@return how many of the captured objects were applied} */
    public static String restore(String namespace, String name, long objects, long total, Duration took) {
        return "Restore " + namespace + "/" + name + ": " + objects + " out of estimated total of "
                + Math.max(objects, total) + " objects restored (" + duration(took) + ")";
    }

    /** {@return how many volumes are how far} */
    public static String volumes(long total, long successful, long running, long failed) {
        return total + " total volumes; " + successful + " successful; " + running + " running; " + failed + " failed";
    }

    /** {@return how far one volume is} */
    public static String volume(
            String namespace, String claim, String state, OptionalLong percent, OptionalDouble bytesPerSecond) {
        return "[" + claim + "] " + namespace + "/" + claim + ": " + state
                + (percent.isEmpty() ? "" : " " + percent.getAsLong() + "%")
                + (bytesPerSecond.isEmpty()
                        ? ""
                        : " (Transfer rate " + Sizes.format(Math.round(bytesPerSecond.getAsDouble())) + "/s)");
    }

    /** {@return how many images are how far; MTC, which copies whole ImageStreams, counts these} */
    public static String images(long total, long running, long successful, long failed) {
        return total + " total images; " + running + " running; " + successful + " successful; " + failed + " failed";
    }

    /** {@return how far one image is} */
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
