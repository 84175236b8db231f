package org.privateevolution.image;

/**
 * An encoded image of a size that is allowed, reduced to what its pixels need: no metadata, no colour profile, nothing
 * behind its end.
 *
 * @param width as stored
 * @param height as stored
 */
@SuppressWarnings("ArrayRecordComponent") // passed on to a decoder, never compared
record EncodedImage(String format, int width, int height, Orientation orientation, byte[] bytes) {

    /** An image that is shown as it is stored. */
    EncodedImage(String format, int width, int height, byte[] bytes) {
        this(format, width, height, Orientation.AS_STORED, bytes);
    }
}
