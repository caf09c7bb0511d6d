package dev.mtc.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps logins, called as docker calls it: {@code get}, the server on its standard input, JSON on its standard
 * output.
 *
 * @param command the program
 * @param limit how long it may take
 */
record CredentialHelper(List<String> command, Duration limit) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    static CredentialHelper named(String name) {
        if (!name.matches("[\\w.-]+")) {
            throw new IllegalArgumentException("'" + name
                    + "' is not the name of a credential helper; docker config names docker-credential-NAME by NAME");
        }
        return new CredentialHelper(List.of("docker-credential-" + name), LIMIT);
    }

    /**
     * {@return what it says about a server}
     *
     * @throws IllegalArgumentException if it cannot be started, fails or takes too long
     */
    String get(String server) {
        List<String> call = new ArrayList<>(command);
        call.add("get");
        try {
            Process process = new ProcessBuilder(call)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ask(process, server);
            return answer(process, server);
        } catch (IOException e) {
            throw failed(server, "cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(server, "was interrupted");
        }
    }

    private static void ask(Process process, String server) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it has ended before it read anything; its answer or its status says why
        }
    }

    private String answer(Process process, String server) throws IOException, InterruptedException {
        try (InputStream out = process.getInputStream()) {
            // an answer is smaller than the pipe, so it can be read when the process has ended
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(server, "did not answer within " + limit.toSeconds() + " s");
            }
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw failed(server, "ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private IllegalArgumentException failed(String server, String what) {
        return new IllegalArgumentException("Credential helper " + this + " for " + server + " " + what
                + "; check it with: echo " + server + " | " + this + " get");
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
