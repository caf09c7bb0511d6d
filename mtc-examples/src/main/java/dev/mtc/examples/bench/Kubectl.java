package dev.mtc.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer.
 *
 * @param program its path
 * @param kubeconfig of the cluster
 */
record Kubectl(String program, Path kubeconfig) {

    /** Runs a command to its end. */
    void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        try {
            int status = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be started; name it with --kubectl: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }
}
