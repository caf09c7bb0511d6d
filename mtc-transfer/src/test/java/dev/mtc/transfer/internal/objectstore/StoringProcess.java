package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.MadeUpBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Puts bytes of unknown length into the S3 server that the MTC_S3 variables name, and reads them back, in a process of its
 * own; arguments: prefix, how many.
 */
final class StoringProcess {

    private StoringProcess() {}

    public static void main(String[] arguments) throws IOException {
        long size = Long.parseLong(arguments[1]);
        CRC32 sent = new CRC32();
        CRC32 received = new CRC32();
        try (ObjectStore store = new S3StorageProvider().open(RealS3.storage(arguments[0]))) {
            store.put(
                    "large",
                    Content.of(OptionalLong.empty(), () -> new CheckedInputStream(new MadeUpBytes(0, size), sent)));
            try (InputStream in = new CheckedInputStream(store.open("large", 0), received)) {
                long read = in.transferTo(OutputStream.nullOutputStream());
                if (read != size || sent.getValue() != received.getValue()) {
                    throw new IllegalStateException(read + " bytes came back, or others");
                }
            }
        }
    }
}
