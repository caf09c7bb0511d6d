package dev.mtc.transfer.internal.rsync;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the senders of a mover have of it.
 *
 * @param tunnels of this process
 * @param limits of this process
 * @param silence how long a sender and a receiver wait for each other when nothing comes
 * @param streams over how many connections at once many small files are sent, empty if the sender is to choose by its processors
 */
record Means(Tunnels tunnels, Limits limits, Duration silence, OptionalInt streams) {}
