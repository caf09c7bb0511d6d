package dev.mtc.transfer.internal.rsync;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** How the sender reaches the receiver. */
interface Endpoint {

    /**
     * Where the sender connects to.
     *
     * @param host a name or an address
     * @param port the port
     */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

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
