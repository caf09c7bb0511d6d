package dev.mtc.api.spi;

/**
 * What a mover is asked to move.
 *
 * @since 0.1
 */
public sealed interface MoveRequest permits VolumeMove, ImageMove {

    /** {@return what makes this transfer unique within its run; the same key means the same transfer} */
    String key();
}
