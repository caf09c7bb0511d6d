package dev.mtc.transfer.internal.restic;

import dev.mtc.api.Side;
import dev.mtc.transfer.internal.pods.PodRole;
import dev.mtc.transfer.internal.pods.Scripts;
import java.util.List;

/** The two halves of a transfer. */
enum Half implements PodRole {
    /** From the source's claim into the repository. */
    BACKUP(Side.SOURCE, "put"),
    /** Out of the repository into the target's claim. */
    RESTORE(Side.TARGET, "get");

    private final Side side;
    private final String shortName;

    Half(Side side, String shortName) {
        this.side = side;
        this.shortName = shortName;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public String word() {
        return this == BACKUP ? "backup" : "restore";
    }

    @Override
    public String shortName() {
        return shortName;
    }

    @Override
    public List<String> capabilities() {
        return this == BACKUP
                ? List.of("DAC_OVERRIDE")
                : List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "MKNOD", "SETFCAP");
    }

    @Override
    public boolean tellsReadiness() {
        return false;
    }

    @Override
    public String script() {
        return Scripts.describing() + Scripts.read(Half.class, "repository.sh", word() + ".sh");
    }
}
