package dev.mtc.transfer.internal.restic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Derives keys from passwords as RFC 7914 says.
 *
 * @param cost how often, a power of two
 * @param blocks how large
 * @param lanes how many
 */
record Scrypt(int cost, int blocks, int lanes) {

    private static final int WORDS = 16;
    private static final int MOST_BLOCKS = 4 << 20;
    private static final int MOST_LANES = 16;
    private static final int[][] QUARTERS = {
        {0, 4, 8, 12}, {5, 9, 13, 1}, {10, 14, 2, 6}, {15, 3, 7, 11},
        {0, 1, 2, 3}, {5, 6, 7, 4}, {10, 11, 8, 9}, {15, 12, 13, 14}
    };

    /**
     * {@return the function with some parameters}
     *
     * @throws IOException if there are none such, or if they need more than 512 MiB
     */
    static Scrypt of(int cost, int blocks, int lanes) throws IOException {
        boolean fits = cost > 1 && Integer.bitCount(cost) == 1 && blocks > 0 && lanes > 0 && lanes <= MOST_LANES;
        if (!fits || (long) cost * blocks > MOST_BLOCKS) {
            throw new IOException("scrypt cannot be done with N=" + cost + ", r=" + blocks + ", p=" + lanes);
        }
        return new Scrypt(cost, blocks, lanes);
    }

    byte[] derive(String password, byte[] salt, int length) {
        int words = 2 * blocks * WORDS;
        byte[] mixed = stretch(password, salt, lanes * words * Integer.BYTES);
        IntBuffer view = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        for (int lane = 0; lane < lanes; lane++) {
            int[] block = new int[words];
            view.position(lane * words).get(block);
            view.position(lane * words).put(mix(block));
        }
        return stretch(password, mixed, length);
    }

    private static byte[] stretch(String password, byte[] salt, int length) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1, length * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no PBKDF2WithHmacSHA256", e);
        }
    }

    private int[] mix(int[] start) {
        int[][] seen = new int[cost][];
        int[] block = start;
        for (int i = 0; i < cost; i++) {
            seen[i] = block;
            block = shuffled(block);
        }
        for (int i = 0; i < cost; i++) {
            int[] other = seen[block[block.length - WORDS] & (cost - 1)];
            for (int word = 0; word < block.length; word++) {
                block[word] ^= other[word];
            }
            block = shuffled(block);
        }
        return block;
    }

    /** Evens come before odds. */
    private int[] shuffled(int[] block) {
        int[] result = new int[block.length];
        int[] last = new int[WORDS];
        System.arraycopy(block, block.length - WORDS, last, 0, WORDS);
        for (int i = 0; i < 2 * blocks; i++) {
            for (int word = 0; word < WORDS; word++) {
                last[word] ^= block[i * WORDS + word];
            }
            salsa(last);
            System.arraycopy(last, 0, result, (i / 2 + (i % 2) * blocks) * WORDS, WORDS);
        }
        return result;
    }

    /** Salsa20/8. */
    private static void salsa(int[] state) {
        int[] x = state.clone();
        for (int round = 0; round < 4; round++) {
            for (int[] q : QUARTERS) {
                x[q[1]] ^= Integer.rotateLeft(x[q[0]] + x[q[3]], 7);
                x[q[2]] ^= Integer.rotateLeft(x[q[1]] + x[q[0]], 9);
                x[q[3]] ^= Integer.rotateLeft(x[q[2]] + x[q[1]], 13);
                x[q[0]] ^= Integer.rotateLeft(x[q[3]] + x[q[2]], 18);
            }
        }
        for (int i = 0; i < WORDS; i++) {
            state[i] += x[i];
        }
    }
}
