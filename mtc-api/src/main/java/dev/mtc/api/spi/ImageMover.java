package dev.mtc.api.spi;

/** Moves a container image. */
public interface ImageMover extends Mover<ImageMove> {}
