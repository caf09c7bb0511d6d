package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** What a request sends. */
interface Body {

    /** {@return how many bytes} */
    long length();

    /** Writes all of it; may be called again for another attempt. */
    void writeTo(OutputStream out) throws IOException;

    /** {@return how long the answer may take after all of it is written} */
    default Duration answerWithin() {
        return Wire.ANSWER_WITHIN;
    }

    static Body of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** {@return the beginning of some bytes} */
    static Body of(byte[] bytes, int length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes, 0, length);
            }
        };
    }
}
