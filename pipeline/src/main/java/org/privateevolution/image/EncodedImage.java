package org.privateevolution.image;

/**
 * An encoded image of an allowed size, reduced to what its pixels need: no metadata, no colour profile, nothing after
 * its end.
 *
 * @param width width in pixels, as stored
 * @param height height in pixels, as stored
 */
@SuppressWarnings("ArrayRecordComponent") // passed on to a decoder, never compared
record EncodedImage(String format, int width, int height, Orientation orientation, byte[] bytes) {

    /** An image that is shown as it is stored. */
    EncodedImage(String format, int width, int height, byte[] bytes) {
        this(format, width, height, Orientation.AS_STORED, bytes);
    }
}
