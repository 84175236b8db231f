package org.privateevolution.model;

/** An image sample. It does not hold its pixels: a population of images is never in memory. */
public sealed interface Image extends Payload permits StoredImage, SimulatedImage {}
