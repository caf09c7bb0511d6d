package dev.mtc.transfer.internal.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** The bytes that are being put. Their failures are told from the store's, and a wrong length is one. */
final class SourceBytes {

    private final String key;
    private final InputStream in;
    private final OptionalLong expected;
    private long count;

    SourceBytes(String key, InputStream in, OptionalLong expected) {
        this.key = key;
        this.in = in;
        this.expected = expected;
    }

    /** {@return how many bytes were read, less than wanted only at the end} */
    int fill(byte[] buffer, int wanted) {
        try {
            int read = in.readNBytes(buffer, 0, wanted);
            count += read;
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read what is to become " + key + ", after " + count + " bytes: " + e + "; nothing was put",
                    e);
        }
    }

    void requireComplete() {
        if (expected.isPresent() && expected.getAsLong() != count) {
            throw new UncheckedIOException(new IOException("What is to become " + key + " has " + count
                    + " bytes instead of the announced " + expected.getAsLong()
                    + "; nothing was put, give content that does not change"));
        }
    }
}
