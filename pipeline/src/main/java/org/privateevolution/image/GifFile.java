package org.privateevolution.image;

import java.io.ByteArrayOutputStream;

/** Checks the structure of a GIF (87a, 89a) of one frame, and drops what its pixels do not need. */
final class GifFile {

    private static final int SIGNATURE_BYTES = 6;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    /** The extension that names the transparent colour. */
    private static final int GRAPHIC_CONTROL = 0xF9;

    private GifFile() {}

    static EncodedImage essential(byte[] file, long mostPixels) throws BadImageException {
        EncodedBytes in = new EncodedBytes("GIF", file, mostPixels);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        in.skip(SIGNATURE_BYTES);
        int width = in.u16LittleEndian();
        int height = in.u16LittleEndian();
        in.requireSize(width, height);
        int flags = in.u8();
        in.skip(2 + colors(flags));
        kept.writeBytes(in.since(0));
        boolean seen = false;
        while (true) {
            int start = in.at();
            int block = in.u8();
            if (block == TRAILER) {
                break;
            }
            if (block == EXTENSION) {
                int kind = in.u8();
                skipSubBlocks(in);
                if (kind == GRAPHIC_CONTROL && !seen) {
                    kept.writeBytes(in.since(start));
                }
            } else if (block == IMAGE) {
                if (seen) {
                    throw in.unreadable("an animated GIF");
                }
                seen = true;
                frame(in, width, height);
                kept.writeBytes(in.since(start));
            } else {
                throw in.damaged();
            }
        }
        if (!seen) {
            throw in.damaged();
        }
        kept.write(TRAILER);
        return new EncodedImage("gif", width, height, kept.toByteArray());
    }

    private static void frame(EncodedBytes in, int width, int height) throws BadImageException {
        int left = in.u16LittleEndian();
        int top = in.u16LittleEndian();
        boolean fills = left == 0 && top == 0 && in.u16LittleEndian() == width && in.u16LittleEndian() == height;
        if (!fills) {
            throw in.unreadable("a GIF whose frame does not fill it");
        }
        in.skip(colors(in.u8()));
        in.skip(1);
        skipSubBlocks(in);
    }

    /** Size in bytes of the colour table that the flags announce. */
    private static int colors(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static void skipSubBlocks(EncodedBytes in) throws BadImageException {
        int length;
        do {
            length = in.u8();
            in.skip(length);
        } while (length > 0);
    }
}
