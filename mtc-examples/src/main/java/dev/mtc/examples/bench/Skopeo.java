package dev.mtc.examples.bench;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The peer. */
final class Skopeo {

    private static final long LOOK_MILLIS = 20;

    private final Registry source;
    private final Registry target;

    /**
     * Makes one.
     *
     * @param source where images are
     * @param target where they go
     */
    Skopeo(Registry source, Registry target) {
        this.source = source;
        this.target = target;
    }

    /** Brings an image of an OCI layout to the source. */
    void push(Path layout, String tag, String repository) {
        run(List.of(
                "copy",
                "--dest-tls-verify=false",
                "oci:" + layout + ":" + tag,
                "docker://" + source.host() + "/" + repository + ":" + tag));
    }

    /**
     * Copies all images of a set: one by {@code copy}, several by {@code sync}, which is made for that.
     *
     * @return the most memory that the process had resident, in MiB, as far as it was seen
     */
    long copy(ImageSet set, String run, String place) {
        List<String> command = new ArrayList<>();
        String from = source.host() + "/" + set.repository(run);
        String to = target.host() + "/" + place;
        if (set.images() == 1) {
            String tag = set.tags().get(0);
            command.addAll(List.of("copy", "--all", "docker://" + from + ":" + tag, "docker://" + to + ":" + tag));
        } else {
            command.addAll(List.of("sync", "--all", "--src=docker", "--dest=docker", from, to));
        }
        command.addAll(List.of("--src-tls-verify=false", "--dest-tls-verify=false"));
        target.user()
                .ifPresent(user -> command.add("--dest-creds=" + user + ":"
                        + target.password().map(Secret::reveal).orElse("")));
        return run(command);
    }

    private static long run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long peakRssMib = 0;
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                peakRssMib = Math.max(peakRssMib, ProcessUse.peakRssMib(process.pid()));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("skopeo " + arguments.get(0) + " ended with " + process.exitValue());
            }
            return peakRssMib;
        } catch (IOException e) {
            throw new UncheckedIOException("skopeo cannot be started, it is the peer of this measurement: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while skopeo ran", e);
        }
    }
}
