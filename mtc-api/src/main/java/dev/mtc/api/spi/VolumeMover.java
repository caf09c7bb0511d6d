package dev.mtc.api.spi;

/** Moves the data of a claim. */
public interface VolumeMover extends Mover<VolumeMove> {}
