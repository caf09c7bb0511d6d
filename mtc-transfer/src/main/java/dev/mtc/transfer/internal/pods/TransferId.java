package dev.mtc.transfer.internal.pods;

import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What the objects of a transfer are named after and found by; the same run and key always give the same one.
 *
 * @param hash 16 hexadecimal digits
 */
public record TransferId(String hash) {

    public static final String TRANSFER_LABEL = "mtc.dev/transfer";
    public static final String ROLE_LABEL = "mtc.dev/transfer-role";
    public static final String ATTEMPT_LABEL = "mtc.dev/transfer-attempt";

    public static TransferId of(VolumeMove move, MoverContext context) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((context.runId() + "\n" + move.key()).getBytes(StandardCharsets.UTF_8));
            return new TransferId(HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks SHA-256", e);
        }
    }

    /** {@return the name of the role's Secret and Service} */
    public String name(PodRole role) {
        return "mtc-" + role.shortName() + "-" + hash;
    }

    public String podName(PodRole role, int attempt) {
        return name(role) + "-" + attempt;
    }

    public Map<String, String> labels() {
        return Map.of(TRANSFER_LABEL, hash);
    }

    public Map<String, String> labels(PodRole role) {
        return Map.of(TRANSFER_LABEL, hash, ROLE_LABEL, role.word());
    }
}
