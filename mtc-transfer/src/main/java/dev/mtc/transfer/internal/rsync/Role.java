package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Side;
import dev.mtc.transfer.internal.pods.PodRole;
import dev.mtc.transfer.internal.pods.Scripts;
import java.util.List;

/** The two ends of a transfer. */
enum Role implements PodRole {
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

    @Override
    public Side side() {
        return side;
    }

    @Override
    public String word() {
        return this == SENDER ? "sender" : "receiver";
    }

    @Override
    public String shortName() {
        return shortName;
    }

    @Override
    public List<String> capabilities() {
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

    @Override
    public boolean tellsReadiness() {
        return this == RECEIVER;
    }

    @Override
    public String script() {
        return Scripts.describing()
                + (this == SENDER
                        ? Scripts.read(
                                Role.class,
                                "device.sh",
                                "verify.sh",
                                "tls.sh",
                                "tunnel.sh",
                                "reach.sh",
                                "pace.sh",
                                "streams.sh",
                                "sender.sh")
                        : Scripts.read(Role.class, "device.sh", "tls.sh", "tunnel.sh", "receiver.sh"));
    }
}
