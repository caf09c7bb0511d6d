package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.Side;
import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.TransferId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Somebody else in the source cluster who knows where the receiver listens. */
final class Intruder {

    private static final String TRY = "; if rsync -n /etc/hostname rsync://%s/volume/ >/dev/null 2>&1; "
            + "then echo accepted; else echo refused; fi";

    private final RealBed bed;
    private final RealBed.Pair pair;
    private final TransferId id;
    private final String address;

    Intruder(RealBed bed, RealBed.Pair pair, TransferId id) {
        this.bed = bed;
        this.pair = pair;
        this.id = id;
        int port = bed.client(Side.TARGET)
                .services()
                .inNamespace(RealBed.NAMESPACE.get(Side.TARGET))
                .withName(id.name(Role.RECEIVER))
                .get()
                .getSpec()
                .getPorts()
                .get(0)
                .getNodePort();
        String host = bed.client(Side.TARGET)
                .nodes()
                .list()
                .getItems()
                .get(0)
                .getStatus()
                .getAddresses()
                .get(0)
                .getAddress();
        this.address = host + ":" + port;
    }

    String rightKey() {
        String data = bed.client(Side.TARGET)
                .secrets()
                .inNamespace(RealBed.NAMESPACE.get(Side.TARGET))
                .withName(id.name(Role.RECEIVER))
                .get()
                .getData()
                .get("psk");
        return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII).strip();
    }

    String withKey(String key) {
        return tunnel(
                "umask 077; echo " + key + " >/tmp/psk",
                "sslVersion = TLSv1.2\\nciphers = ECDHE-PSK-CHACHA20-POLY1305\\nPSKsecrets = /tmp/psk\\n");
    }

    String withoutKey() {
        return tunnel("true", "");
    }

    String inPlainText() {
        return pair.onSource("true" + TRY.formatted(address));
    }

    private String tunnel(String preparation, String line) {
        return pair.onSource(preparation + "; printf 'client = yes\\npid =\\nconnect = " + address
                + "\\n" + line + "' >/tmp/tunnel.conf; "
                + "export RSYNC_CONNECT_PROG='stunnel /tmp/tunnel.conf'" + TRY.formatted("receiver"));
    }
}
