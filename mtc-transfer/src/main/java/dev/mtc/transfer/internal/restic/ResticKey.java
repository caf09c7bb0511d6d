package dev.mtc.transfer.internal.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What files of a restic repository are sealed with: AES-256 in counter mode and a Poly1305-AES code (restic's design, "Keys,
 * Encryption and MAC").
 */
final class ResticKey {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BLOCK = 16;
    private static final int SECRET = 32;
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));

    private final byte[] secret;
    private final byte[] k;
    private final byte[] r;

    private ResticKey(byte[] secret, byte[] k, byte[] r) {
        this.secret = secret;
        this.k = k;
        this.r = r;
    }

    /**
     * {@return the key that a file below {@code keys/} holds, empty if the password does not open it}
     *
     * @throws IOException if it is no such file
     */
    static Optional<ResticKey> open(byte[] file, String password) throws IOException {
        JsonNode json = JSON.readTree(file);
        if (!json.path("kdf").asText().equals("scrypt")) {
            throw new IOException("its kdf is '" + json.path("kdf").asText() + "'");
        }
        byte[] derived = Scrypt.of(
                        json.path("N").asInt(),
                        json.path("r").asInt(),
                        json.path("p").asInt())
                .derive(password, bytes(json, "salt"), SECRET + 2 * BLOCK);
        ResticKey user = new ResticKey(
                Arrays.copyOf(derived, SECRET),
                Arrays.copyOfRange(derived, SECRET, SECRET + BLOCK),
                Arrays.copyOfRange(derived, SECRET + BLOCK, derived.length));
        Optional<byte[]> opened = user.unsealed(bytes(json, "data"));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        JsonNode master = JSON.readTree(opened.get());
        JsonNode code = master.path("mac");
        return Optional.of(new ResticKey(bytes(master, "encrypt"), bytes(code, "k"), bytes(code, "r")));
    }

    private static byte[] bytes(JsonNode json, String field) throws IOException {
        if (!json.path(field).isTextual()) {
            throw new IOException("it has no " + field);
        }
        return json.path(field).binaryValue();
    }

    /** {@return what was sealed, empty if it was sealed with another key or is damaged} */
    Optional<byte[]> unsealed(byte[] sealed) {
        if (sealed.length < 2 * BLOCK) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, BLOCK);
        byte[] text = Arrays.copyOfRange(sealed, BLOCK, sealed.length - BLOCK);
        byte[] code = Arrays.copyOfRange(sealed, sealed.length - BLOCK, sealed.length);
        try {
            Cipher once = Cipher.getInstance("AES/ECB/NoPadding");
            once.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(k, "AES"));
            if (!MessageDigest.isEqual(code, code(text, once.doFinal(nonce)))) {
                return Optional.empty();
            }
            Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
            counter.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(nonce));
            return Optional.of(counter.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no AES", e);
        }
    }

    /** Poly1305 (RFC 8439, 2.5). */
    private byte[] code(byte[] text, byte[] s) {
        BigInteger factor = number(clamped());
        BigInteger sum = BigInteger.ZERO;
        for (int from = 0; from < text.length; from += BLOCK) {
            byte[] piece = Arrays.copyOfRange(text, from, Math.min(text.length, from + BLOCK));
            BigInteger term = number(piece).setBit(Byte.SIZE * piece.length);
            sum = sum.add(term).multiply(factor).mod(PRIME);
        }
        byte[] result = new byte[BLOCK];
        BigInteger tag = sum.add(number(s));
        for (int i = 0; i < BLOCK; i++) {
            result[i] = tag.shiftRight(Byte.SIZE * i).byteValue();
        }
        return result;
    }

    private byte[] clamped() {
        byte[] clamped = r.clone();
        for (int i = 3; i < BLOCK; i += 4) {
            clamped[i] = (byte) (clamped[i] & 15);
        }
        for (int i = 4; i < BLOCK; i += 4) {
            clamped[i] = (byte) (clamped[i] & 252);
        }
        return clamped;
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
        }
        return new BigInteger(1, bigEndian);
    }

    @Override
    public String toString() {
        return "ResticKey";
    }
}
