package org.privateevolution.image;

/** Checks the header of a Windows bitmap. Only uncompressed bitmaps are read: others may hold a whole PNG or JPEG. */
final class BmpFile {

    private static final int FILE_HEADER_BYTES = 14;
    private static final int MOST_COLORS = 256;

    private BmpFile() {}

    static EncodedImage checked(byte[] file, long mostPixels) throws BadImageException {
        EncodedBytes in = new EncodedBytes("BMP", file, mostPixels);
        in.skip(FILE_HEADER_BYTES);
        int header = in.i32LittleEndian();
        if (header < 40 || header > 124) {
            throw in.unreadable("a BMP with a header of another kind");
        }
        int width = in.i32LittleEndian();
        // Rows are stored from bottom to top, or from top to bottom if the height is negative.
        long height = Math.abs((long) in.i32LittleEndian());
        in.requireSize(width, height);
        in.skip(2);
        int bits = in.u16LittleEndian();
        int compression = in.i32LittleEndian();
        if (compression != 0 && compression != 3) {
            throw in.unreadable("a compressed BMP");
        }
        in.skip(12);
        int colors = in.i32LittleEndian();
        if (colors < 0 || colors > MOST_COLORS) {
            throw in.damaged();
        }
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        in.skip(4);
        in.skip(rowBytes * height);
        return new EncodedImage("bmp", width, (int) height, file);
    }
}
