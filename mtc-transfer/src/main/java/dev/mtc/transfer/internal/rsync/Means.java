package dev.mtc.transfer.internal.rsync;

import java.util.OptionalInt;

/**
 * What the senders of a mover have of it.
 *
 * @param tunnels of this process
 * @param limits of this process
 * @param streams over how many connections at once many small files are sent, empty if the sender is to choose by its processors
 */
record Means(Tunnels tunnels, Limits limits, OptionalInt streams) {}
