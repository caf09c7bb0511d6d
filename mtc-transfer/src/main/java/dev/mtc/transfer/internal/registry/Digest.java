package dev.mtc.transfer.internal.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of content by its hash.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the hash in lower case
 */
record Digest(String algorithm, String hex) {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    /**
     * {@return the digest that a text names}
     *
     * @throws IllegalArgumentException if it is not one, or of an algorithm that is not supported
     */
    static Digest parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a sha256 or sha512 digest such as sha256:9f86d081…");
        }
        int colon = text.indexOf(':');
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** {@return the SHA-256 digest of some bytes} */
    static Digest of(byte[] bytes) {
        return ofFinished("sha256", hash("sha256").digest(bytes));
    }

    /** {@return the digest of other bytes, by the same algorithm as this} */
    Digest sameAlgorithmOf(byte[] bytes) {
        return ofFinished(algorithm, hash(algorithm).digest(bytes));
    }

    /** {@return a new hash to compare with this digest} */
    MessageDigest newHash() {
        return hash(algorithm);
    }

    /** {@return whether a hash, which this finishes, has come to this digest} */
    boolean matches(MessageDigest hash) {
        return HexFormat.of().formatHex(hash.digest()).equals(hex);
    }

    private static Digest ofFinished(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    private static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256 and SHA-512", e);
        }
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
