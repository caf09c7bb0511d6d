package dev.mtc.api;

import java.time.Duration;

/**
 * A controller at work. Of several for one namespace one leads and works, the others wait to take over. Thread-safe; its
 * threads are daemons and end with it.
 *
 * @since 0.1
 */
public interface RunningController extends AutoCloseable {

    /** {@return what it is called in the Lease} */
    String identity();

    /** {@return whether it is the one that works} */
    boolean isLeader();

    /**
     * Waits until it is the one that works.
     *
     * @param limit how long to wait
     * @return whether it is
     */
    boolean awaitLeadership(Duration limit);

    /**
     * Stops at once. Migrations that it was driving stay as they are: the next controller goes on with them from the phase
     * that they were in.
     */
    @Override
    void close();
}
