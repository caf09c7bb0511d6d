package dev.mtc.examples.bench;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The control: curl sends the largest blobs of a layout to the target, out of files, one after the other, and does nothing
 * else. What a copy takes beyond that is its own.
 *
 * @param target where they go
 */
record BareUpload(Registry target) {

    private static final Pattern LOCATION = Pattern.compile("(?im)^location:\\s*(\\S+)");
    private static final long SMALLEST = 1 << 20;

    /** Sends all layers in a directory of blobs. */
    void upload(Path blobs, String repository) {
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path file : files.toList()) {
                if (Files.size(file) >= SMALLEST) {
                    upload("https://" + target.host() + "/v2/" + repository + "/blobs/uploads/", file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upload(String start, Path blob) {
        Matcher location = LOCATION.matcher(curl(List.of("--request", "POST", start)));
        if (!location.find()) {
            throw new IllegalStateException("The registry starts no upload at " + start);
        }
        String at = location.group(1) + (location.group(1).contains("?") ? "&" : "?") + "digest=sha256:"
                + blob.getFileName();
        curl(List.of("--upload-file", blob.toString(), "--header", "Content-Type: application/octet-stream", at));
    }

    private String curl(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail", "--include", "--insecure"));
        target.user().ifPresent(user -> {
            command.add("--user");
            command.add(user + ":" + target.password().map(Secret::reveal).orElse(""));
        });
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("curl ended with " + process.exitValue());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("curl cannot be started, it is the control of this measurement: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while curl ran", e);
        }
    }
}
