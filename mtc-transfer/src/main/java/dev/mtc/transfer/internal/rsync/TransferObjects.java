package dev.mtc.transfer.internal.rsync;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** What a transfer has on the two clusters. */
interface TransferObjects {

    /** {@return whether the transfer was started and not cancelled} */
    boolean isStarted();

    /** Makes key, endpoint and first receiver where they are absent. */
    void start();

    /** {@return the pods of a role, those about to go included} */
    List<Pod> pods(Role role);

    /** {@return the last lines of a sender's log} */
    String logTail(Pod pod);

    /** {@return what a sender logged of facts that one side only has, empty if its log is lost} */
    List<String> differences(Pod pod);

    /** {@return events about a pod, and about its claim as long as that is not bound, oldest first} */
    List<Event> events(Role role, Pod pod);

    /** {@return the highest attempt that a sender was made for, 0 if there was none} */
    int lastAttempt();

    /** {@return a role's claim for people: its name, and its storage class as long as it is not bound} */
    String claim(Role role);

    /** {@return the size of a role's claim for people, empty if it cannot be told} */
    String capacity(Role role);

    /** Makes a receiver. */
    void createReceiver(int attempt);

    /** {@return where a receiver that listens is reached, the best first, none as long as none is known} */
    List<Endpoint.Address> addresses(Pod receiver);

    /** {@return what must be open for senders to reach receivers} */
    String requirement();

    /** Makes a sender. */
    void createSender(int attempt, List<Endpoint.Address> addresses);

    /** Has a sender that runs keep to what it may send in a second, which may have changed. */
    void keepLimit(Pod sender);

    /** Has this process carry what a sender and the receiver have for each other, if it does not yet. */
    void holdTunnel(Pod sender);

    /** Lets go of what this process carries. */
    void dropTunnel();

    void delete(Role role, Pod pod);
}
