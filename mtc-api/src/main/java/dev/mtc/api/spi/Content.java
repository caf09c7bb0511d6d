package dev.mtc.api.spi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Bytes that can be read from the start more than once, as retries need.
 *
 * @since 0.1
 */
public interface Content {

    /** {@return the bytes from the start; the caller closes it} */
    InputStream open();

    /** {@return how many bytes there are, empty if that is not known beforehand} */
    OptionalLong length();

    /**
     * {@return these bytes}
     *
     * @param bytes not changed afterwards
     */
    static Content of(byte[] bytes) {
        return of(OptionalLong.of(bytes.length), () -> new ByteArrayInputStream(bytes));
    }

    /**
     * {@return the bytes of a file}
     *
     * @param file not changed while it is read
     */
    static Content of(Path file) {
        try {
            return of(OptionalLong.of(Files.size(file)), () -> {
                try {
                    return Files.newInputStream(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
        }
    }

    /**
     * {@return bytes made anew for each reading}
     *
     * @param length how many, if known
     * @param source opens them
     */
    static Content of(OptionalLong length, Supplier<InputStream> source) {
        return new Content() {
            @Override
            public InputStream open() {
                return source.get();
            }

            @Override
            public OptionalLong length() {
                return length;
            }
        };
    }
}
