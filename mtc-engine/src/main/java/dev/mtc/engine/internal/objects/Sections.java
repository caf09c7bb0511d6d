package dev.mtc.engine.internal.objects;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A gzip file written in sections, each a member of its own, which readers see as one stream. The section at the end can be taken
 * back. Not thread-safe.
 */
final class Sections extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private long start;
    private Section section;

    private Sections(FileChannel file) throws IOException {
        this.file = file;
        this.section = new Section(file);
    }

    static Sections open(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return new Sections(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** What is written from here on can be taken back. */
    void begin() throws IOException {
        section.close();
        start = file.position();
        section = new Section(file);
    }

    /** Takes back what was written since {@link #begin}. */
    void takeBack() throws IOException {
        section.close();
        file.truncate(start);
        section = new Section(file);
    }

    @Override
    public void write(int oneByte) throws IOException {
        section.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        section.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            section.close();
        }
    }

    /** Fast rather than small: capturing shall not wait for it, and each object stands there twice anyway. */
    private static final class Section extends GZIPOutputStream {

        Section(FileChannel file) throws IOException {
            super(new KeptOpen(Channels.newOutputStream(file)), BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** The file goes on after a section. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
