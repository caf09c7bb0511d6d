/**
 * The direct volume mover: a sender pod beside the source's claim copies with rsync to a receiver pod beside the target's
 * claim, through TLS with a key made for the one transfer. All its state is on the
 * clusters. An {@code Endpoint} is a way from one to the other; the sender takes the first that answers. A {@code Tunnel} carries
 * the same encrypted bytes through this process, between commands in the two pods.
 */
@NullMarked
package dev.mtc.transfer.internal.rsync;

import org.jspecify.annotations.NullMarked;
