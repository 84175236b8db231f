package org.privateevolution.image;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Checks the structure of a PNG (ISO/IEC 15948) and drops its ancillary chunks: a small chunk may inflate to gigabytes.
 */
final class PngFile {

    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngFile() {}

    static EncodedImage essential(byte[] file, long mostPixels) throws BadImageException {
        EncodedBytes in = new EncodedBytes("PNG", file, mostPixels);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        in.skip(SIGNATURE_BYTES);
        kept.writeBytes(in.since(0));
        long width = 0;
        long height = 0;
        String type;
        do {
            int start = in.at();
            long length = in.u32();
            type = in.ascii(4);
            if (type.equals("IHDR") != (width == 0) || type.equals("IHDR") && length != HEADER_BYTES) {
                throw in.damaged();
            }
            if (type.equals("IHDR")) {
                width = in.u32();
                height = in.u32();
                in.requireSize(width, height);
                length -= 8;
            }
            in.skip(length);
            requireChecksum(in, in.since(start + 4));
            if (ESSENTIAL.contains(type)) {
                kept.writeBytes(in.since(start));
            } else if (type.equals("acTL")) {
                throw in.unreadable("an animated PNG");
            } else if (Character.isUpperCase(type.charAt(0))) {
                throw in.damaged();
            }
        } while (!type.equals("IEND"));
        return new EncodedImage("png", (int) width, (int) height, kept.toByteArray());
    }

    private static void requireChecksum(EncodedBytes in, byte[] typeAndData) throws BadImageException {
        CRC32 crc = new CRC32();
        crc.update(typeAndData);
        if (in.u32() != crc.getValue()) {
            throw in.damaged();
        }
    }
}
