package dev.mtc.transfer.internal.objectstore;

import java.util.OptionalLong;

/**
 * How content is cut into parts. S3 takes 10 000 parts, so with a known length all are as large as that needs, and with an
 * unknown one they double from time to time: 8 MiB at first, nearly 500 GiB in all. Immutable.
 */
final class PartSizes {

    static final int MAX_PARTS = 10_000;

    /** What the uploads of a store hold in memory; only parts larger than this make it more. */
    static final int MEMORY = 5 * PartSizes.SMALLEST;

    private static final int SMALLEST = 8 * 1024 * 1024;
    private static final int DOUBLED_AFTER = 2_000;

    private final OptionalLong length;

    private PartSizes(OptionalLong length) {
        this.length = length;
    }

    static PartSizes of(OptionalLong length) {
        return new PartSizes(length);
    }

    /** {@return how much to read at first: all of it if that fits into one part} */
    int first() {
        return length.isPresent() && length.getAsLong() <= SMALLEST ? (int) length.getAsLong() : size(1);
    }

    /** {@return the size of a part, the last of which may be smaller} */
    int size(int part) {
        if (length.isPresent()) {
            long needed = (length.getAsLong() + MAX_PARTS - 1) / MAX_PARTS;
            return Math.toIntExact(Math.max(SMALLEST, needed));
        }
        return SMALLEST << ((part - 1) / DOUBLED_AFTER);
    }
}
