package dev.mtc.api.spi;

/**
 * Moves the data of a claim.
 *
 * @since 0.1
 */
public interface VolumeMover extends Mover<VolumeMove> {}
