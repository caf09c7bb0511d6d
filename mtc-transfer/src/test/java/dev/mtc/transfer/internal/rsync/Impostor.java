package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.RealBed;
import dev.mtc.transfer.internal.pods.Scripts;

/** Somebody who took the receiver's address, in a pod of the source, and senders that look for the receiver there. */
final class Impostor {

    private static final int PORT = 7443;

    private final RealBed.Pair pair;

    Impostor(RealBed.Pair pair) {
        this.pair = pair;
        pair.onSource(
                "mkdir -p /mtc/secret /mtc/run; umask 077; echo mtc:$(openssl rand -hex 32) >/mtc/secret/psk; openssl"
                        + " req -x509 -newkey rsa:2048 -nodes -keyout /tmp/key -out /tmp/crt -subj /CN=receiver -days 2 2>/dev/null");
    }

    /** {@return whether a sender takes it for the receiver, and how many bytes it got out of one that does not ask} */
    String withCertificate(String options) {
        return meets("-cert /tmp/crt -key /tmp/key " + options);
    }

    /** {@return the same if it knows the key after all} */
    String withKey() {
        return meets("-nocert -psk_identity mtc -psk $(cut -d : -f 2 /mtc/secret/psk)");
    }

    private String meets(String identity) {
        String sender = Scripts.read(Role.class, "tls.sh", "reach.sh");
        return pair.onSource("run=/mtc/run; rm -rf $run/*; mkfifo $run/silence\n" + sender
                + "openssl s_server -quiet -accept " + PORT + " " + identity
                + " <>$run/silence >/tmp/got 2>/dev/null &\nimpostor=$!\n"
                + "until (: <>/dev/tcp/127.0.0.1/" + PORT + ") 2>/dev/null; do sleep 0.1; done\n"
                + "if probe node-port 127.0.0.1 " + PORT + "; then word=accepted; else word=refused; fi\n"
                + "failed=; use node-port 127.0.0.1 " + PORT + " >/dev/null\n"
                + "echo secret | timeout 1 $RSYNC_CONNECT_PROG >/dev/null 2>&1\n"
                + "kill $impostor; wait $impostor 2>/dev/null; echo $word, $(stat -c %s /tmp/got) bytes");
    }
}
