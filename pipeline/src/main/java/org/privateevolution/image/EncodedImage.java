package org.privateevolution.image;

/**
 * An encoded image of a size that is allowed, reduced to what its pixels need: no metadata, no colour profile, nothing
 * behind its end.
 */
@SuppressWarnings("ArrayRecordComponent") // passed on to a decoder, never compared
record EncodedImage(String format, int width, int height, byte[] bytes) {}
