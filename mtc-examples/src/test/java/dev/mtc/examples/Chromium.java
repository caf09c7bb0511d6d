package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A browser without a window that shows one page and reaches nobody else, but tells whom it tried to ask. */
final class Chromium {

    private static final String ORIGIN = "http://report.test";

    /**
     * What it made of a page.
     *
     * @param elements the page once its scripts ran
     * @param requests addresses that the page, not the browser by itself, asked for
     */
    record Shown(String elements, List<String> requests) {}

    private final Path folder;

    private Chromium(Path folder) {
        this.folder = folder;
    }

    /** {@return what the browser makes of a page} */
    static Shown show(Path folder, String page) throws IOException, InterruptedException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return new Chromium(folder).open(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private Shown open(int port) throws IOException, InterruptedException {
        String program = Objects.requireNonNullElse(System.getenv("MTC_BROWSER"), "chromium");
        Path elements = folder.resolve("elements.html");
        Path log = folder.resolve("chromium.log");
        Path network = folder.resolve("network.json");
        ProcessBuilder command = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--host-resolver-rules=MAP report.test 127.0.0.1:" + port + ", MAP * ~NOTFOUND",
                        "--log-net-log=" + network,
                        "--virtual-time-budget=2000",
                        "--dump-dom",
                        ORIGIN + "/report.html")
                .redirectOutput(elements.toFile())
                .redirectError(log.toFile());
        Process browser = start(command);
        try {
            assertThat(browser.waitFor(3, TimeUnit.MINUTES))
                    .as("%s ends", program)
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        assertThat(browser.exitValue()).as(Files.readString(log)).isZero();
        return new Shown(Files.readString(elements), requests(network));
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Install Debian's chromium, or say in MTC_BROWSER which program it is", e);
        }
    }

    /** The browser asks its maker for this and that; what a page asks for has the page's origin. */
    private static List<String> requests(Path network) throws IOException {
        JsonNode log = new ObjectMapper().readTree(network.toFile());
        JsonNode type = log.at("/constants/logEventTypes/URL_REQUEST_START_JOB");
        assertThat(type.isInt()).isTrue();
        return StreamSupport.stream(log.get("events").spliterator(), false)
                .filter(event -> event.get("type").equals(type))
                .map(event -> event.path("params"))
                .filter(request -> request.path("initiator").asText().equals(ORIGIN))
                .map(request -> request.get("url").asText())
                .toList();
    }
}
