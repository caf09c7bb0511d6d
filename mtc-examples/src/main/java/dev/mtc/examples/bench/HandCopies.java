package dev.mtc.examples.bench;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ClaimRef;
import java.util.Map;

/** Copies of volumes as one makes them by hand: something that listens in a pod of the target, something that sends in one of the source. */
final class HandCopies {

    private static final int RSYNC_PORT = 28730;
    private static final int TAR_PORT = 28731;
    private static final String DAEMON =
            """
            printf 'use chroot = no\\n[volume]\\npath = /volume\\nuid = 0\\ngid = 0\\nread only = no\\n' >/tmp/rsyncd.conf
            exec rsync --daemon --no-detach --config=/tmp/rsyncd.conf --port=%d
            """
                    .formatted(RSYNC_PORT);
    private static final String SEND =
            """
            until rsync --contimeout=1 rsync://%1$s:%2$d/ >/dev/null 2>&1; do sleep 0.1; done
            rsync -aHAX --sparse --numeric-ids --delete /volume/ rsync://%1$s:%2$d/volume/
            """;

    private final BenchVolumes volumes;

    HandCopies(BenchVolumes volumes) {
        this.volumes = volumes;
    }

    /** With an rsync daemon, neither encrypted nor with a password. */
    void rsync(ClaimRef from, ClaimRef to) {
        String daemon = volumes.start(Side.TARGET, to, DAEMON, Map.of());
        volumes.run(Side.SOURCE, from, SEND.formatted(volumes.node(Side.TARGET), RSYNC_PORT), Map.of());
        volumes.stop(Side.TARGET, daemon);
    }

    /** With tar at both ends, into an empty claim. */
    void tar(ClaimRef from, ClaimRef to) {
        String end = volumes.start(
                Side.TARGET, to, "socat -u TCP-LISTEN:" + TAR_PORT + ",reuseaddr STDOUT | tar -x -C /volume", Map.of());
        volumes.run(
                Side.SOURCE,
                from,
                "tar -c -C /volume . | socat -u STDIN TCP:" + volumes.node(Side.TARGET) + ":" + TAR_PORT
                        + ",retry=600,interval=0.1",
                Map.of());
        volumes.stop(Side.TARGET, end);
    }
}
