package dev.mtc.transfer.internal.restic;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** What a transfer has on the two clusters. */
interface Halves {

    /** {@return whether the transfer was started and not cancelled} */
    boolean isStarted();

    /** {@return the pods of a half, those about to go included} */
    List<Pod> pods(Half half);

    /** {@return the last lines of a pod's log} */
    String logTail(Half half, Pod pod);

    /** {@return what the second half logged of facts that one side only has, empty if its log is lost} */
    List<String> differences(Pod pod);

    /** {@return events about a pod, and about its claim as long as that is not bound, oldest first} */
    List<Event> events(Half half, Pod pod);

    /** {@return a half's claim for people: its name, and its storage class as long as it is not bound} */
    String claim(Half half);

    /** {@return the size of a half's claim for people, empty if it cannot be told} */
    String capacity(Half half);

    /** {@return where the volume is stored, for people} */
    String repository();

    /** {@return the highest attempt that a pod of the half was made for, 0 if there was none} */
    int lastAttempt(Half half);

    /** {@return what the first half left, empty as long as it is not done} */
    Optional<Stored> stored();

    /** Notes that the first half is done. */
    void store(Stored stored);

    /** Makes a pod. */
    void create(Half half, int attempt);

    void delete(Half half, Pod pod);
}
