package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** One way for senders to reach the receiver. */
interface Endpoint {

    /** The port on which receivers listen. */
    int RECEIVER_PORT = 6443;

    /**
     * Where the sender connects to.
     *
     * @param kind the kind of endpoint
     * @param host a name or an address, empty for a tunnel
     * @param port the port, 0 for a tunnel
     */
    record Address(EndpointChoice kind, String host, int port) {

        /** A tunnel begins in the sender's pod. */
        static final Address TUNNEL = new Address(EndpointChoice.TUNNEL, "", 0);

        /** {@return the line that tells a sender} */
        String line() {
            return this.equals(TUNNEL) ? kind.word() : kind.word() + " " + host + " " + port;
        }

        @Override
        public String toString() {
            return this.equals(TUNNEL) ? kind.word() : kind.word() + " " + host + ":" + port;
        }
    }

    /** {@return which kind it is} */
    EndpointChoice kind();

    /** Makes what it needs on the target, if it is not there. */
    void open();

    /**
     * {@return the address, once it is known}
     *
     * @param receiver a pod that listens
     */
    Optional<Address> address(Pod receiver);

    /** {@return what must be open for it, for people} */
    String requirement();

    /**
     * Removes what it made.
     *
     * @return whether nothing was there
     */
    boolean close();
}
