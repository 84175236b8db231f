package org.privateevolution.image;

/**
 * How the stored rows and columns of a photograph are to be shown (tag 0x0112 of Exif 3.0, section 4.6.5): a camera
 * stores what its sensor saw and notes how it was held.
 *
 * @param code 1 to 8; 1 is as stored
 */
record Orientation(int code) {

    static final Orientation AS_STORED = new Orientation(1);

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** Reads the Exif segment of a JPEG; as stored if the segment cannot be read, which viewers ignore as well. */
    static Orientation ofExif(byte[] segment) {
        int tiff = EXIF.length;
        if (segment.length < tiff + 8 || !startsWithExif(segment)) {
            return AS_STORED;
        }
        boolean little = segment[tiff] == 'I';
        long directory = tiff + number(segment, tiff + 4, 4, little);
        if (directory + 2 > segment.length) {
            return AS_STORED;
        }
        long entries = number(segment, (int) directory, 2, little);
        for (long at = directory + 2; at + ENTRY <= segment.length && entries > 0; at += ENTRY, entries--) {
            if (number(segment, (int) at, 2, little) == TAG && number(segment, (int) at + 2, 2, little) == SHORT) {
                int code = (int) number(segment, (int) at + 8, 2, little);
                return code >= 1 && code <= 8 ? new Orientation(code) : AS_STORED;
            }
        }
        return AS_STORED;
    }

    private static boolean startsWithExif(byte[] segment) {
        for (int i = 0; i < EXIF.length; i++) {
            if (segment[i] != EXIF[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int at, int count, boolean little) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | bytes[little ? at + count - 1 - i : at + i] & 0xFF;
        }
        return number;
    }

    /** Whether stored rows are shown as columns. */
    boolean turns() {
        return code >= 5;
    }

    /** Index, row by row, at which the pixel in column {@code x} and row {@code y} of a stored image is shown. */
    int shownAt(int x, int y, int width, int height) {
        int right = width - 1 - x;
        int below = height - 1 - y;
        return switch (code) {
            case 1 -> y * width + x;
            case 2 -> y * width + right;
            case 3 -> below * width + right;
            case 4 -> below * width + x;
            case 5 -> x * height + y;
            case 6 -> x * height + below;
            case 7 -> right * height + below;
            case 8 -> right * height + y;
            default -> throw new IllegalStateException("orientation " + code);
        };
    }
}
