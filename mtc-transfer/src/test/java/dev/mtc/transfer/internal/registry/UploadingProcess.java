package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Registry;
import dev.mtc.api.spi.ImageMove;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Copies an image in a process of its own, with its notes in a file; arguments: source, target, file. */
final class UploadingProcess {

    /** Notes that outlive the process. */
    static final class FileNotes extends ConcurrentHashMap<String, String> {
        private static final long serialVersionUID = 1;
        private final transient Path file;

        FileNotes(Path file) {
            this.file = file;
            Properties kept = new Properties();
            try {
                if (Files.exists(file)) {
                    kept.load(Files.newBufferedReader(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            kept.forEach((key, value) -> super.put("" + key, "" + value));
        }

        @Override
        public String put(String key, String value) {
            String before = super.put(key, value);
            save();
            return before;
        }

        @Override
        public String remove(Object key) {
            String before = super.remove(key);
            save();
            return before;
        }

        private synchronized void save() {
            Properties all = new Properties();
            all.putAll(Map.copyOf(this));
            try (var out = Files.newBufferedWriter(file)) {
                all.store(out, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private UploadingProcess() {}

    /** Starts such a process. */
    static Process start(ImageMove move, Path notes) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadingProcess.class.getName(),
                        move.source(),
                        move.target(),
                        notes.toString())
                .inheritIO()
                .start();
    }

    public static void main(String[] arguments) {
        ImageMove move = new ImageMove("k", arguments[0], arguments[1]);
        try (RunContext context = new RunContext("run", plain(arguments[0]), plain(arguments[1]))
                .noting(new FileNotes(Path.of(arguments[2])))) {
            Copying.copied(new RegistryImageMover(), move, context);
        }
    }

    private static Registry plain(String reference) {
        return Registry.at(reference.substring(0, reference.indexOf('/'))).plainHttp();
    }
}
