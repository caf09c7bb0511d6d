package dev.mtc.engine.internal.cluster;

import java.util.function.LongSupplier;

/**
 * How many writes at a time a server bears. One more after each round that went well, half as many when it refuses for being busy,
 * some fewer when its answers take much longer than they used to. Thread-safe.
 */
public final class Pace {

    private static final int FIRST = 16;
    private static final int MOST = 64;

    /** Slow answers alone do not bring it below this, as the cause may lie elsewhere. */
    private static final int CALM = 8;

    private static final double AFTER_REFUSAL = 0.5;
    private static final double AFTER_SLOWNESS = 0.6;
    private static final double SLOW = 3;

    private static final double WEIGHT_RECENT = 0.05;
    private static final double WEIGHT_USUAL = 0.002;

    private final LongSupplier nanos;
    private double limit = FIRST;
    private double usual;
    private double recent;
    private long lastDecrease;
    private boolean decreased;

    private Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** {@return the pace of a server of which nothing is known yet} */
    public static Pace unknown() {
        return new Pace(System::nanoTime);
    }

    static Pace by(LongSupplier nanos) {
        return new Pace(nanos);
    }

    /** {@return how many requests there should be at a time now, at least one} */
    public synchronized int limit() {
        return Math.max(1, (int) limit);
    }

    /** {@return the moment at which a request is sent, to be given back with its answer} */
    long sent() {
        return nanos.getAsLong();
    }

    /** A request was answered. */
    synchronized void answered(long sent) {
        long now = nanos.getAsLong();
        double took = now - sent;
        usual = usual == 0 ? took : usual + (took - usual) * WEIGHT_USUAL;
        recent = recent == 0 ? took : recent + (took - recent) * WEIGHT_RECENT;
        boolean slow = recent > SLOW * usual && limit > CALM;
        if (slow && isNews(sent)) {
            decrease(Math.max(CALM, limit * AFTER_SLOWNESS), now);
        } else if (!slow) {
            limit = Math.min(MOST, limit + 1 / limit);
        }
    }

    /** A request was refused because the server has too many. */
    synchronized void refused(long sent) {
        if (isNews(sent)) {
            decrease(Math.max(1, limit * AFTER_REFUSAL), nanos.getAsLong());
        }
    }

    /** Requests that were under way at the last decrease say nothing about the new limit. */
    private boolean isNews(long sent) {
        return !decreased || sent - lastDecrease >= 0;
    }

    private void decrease(double to, long now) {
        limit = to;
        lastDecrease = now;
        decreased = true;
        recent = usual;
    }

    @Override
    public synchronized String toString() {
        return "Pace[" + limit() + " at a time]";
    }
}
