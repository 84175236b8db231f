package org.privateevolution.model;

/**
 * A decoded image.
 *
 * @param rgb {@code height * width * 3} bytes, 0 to 255: rows from top to bottom, and red, green and blue of each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // passed on within a task, never compared
public record Pixels(int width, int height, byte[] rgb) {

    public static final int CHANNELS = 3;

    public Pixels {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)) {
            throw new IllegalArgumentException(rgb.length + " bytes are not an image of " + width + " x " + height);
        }
    }
}
