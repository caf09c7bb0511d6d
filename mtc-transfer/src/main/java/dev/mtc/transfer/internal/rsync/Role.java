package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import java.util.List;

/** The two ends of a transfer. */
enum Role {
    /** Reads the source's claim. */
    SENDER(Side.SOURCE, "send"),
    /** Writes the target's claim. */
    RECEIVER(Side.TARGET, "recv");

    private final Side side;
    private final String shortName;

    Role(Side side, String shortName) {
        this.side = side;
        this.shortName = shortName;
    }

    Side side() {
        return side;
    }

    /** {@return the value of the role's label} */
    String word() {
        return this == SENDER ? "sender" : "receiver";
    }

    /** {@return the part of names} */
    String shortName() {
        return shortName;
    }

    /** {@return the Linux capabilities without which a faithful copy fails} */
    List<String> capabilities() {
        return this == SENDER
                ? List.of("DAC_OVERRIDE")
                : List.of(
                        "CHOWN",
                        "DAC_OVERRIDE",
                        "FOWNER",
                        "FSETID",
                        "MKNOD",
                        "SETFCAP",
                        "SETGID",
                        "SETUID",
                        "SYS_CHROOT");
    }

    /** {@return the claim that its pods mount} */
    ClaimRef claim(VolumeMove move) {
        return this == SENDER ? move.source() : move.target();
    }
}
