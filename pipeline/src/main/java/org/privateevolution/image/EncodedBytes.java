package org.privateevolution.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads an encoded image from start to end, and never past its end. */
final class EncodedBytes {

    private final String format;
    private final byte[] bytes;
    private final long mostPixels;
    private int at;

    EncodedBytes(String format, byte[] bytes, long mostPixels) {
        this.format = format;
        this.bytes = bytes;
        this.mostPixels = mostPixels;
    }

    int at() {
        return at;
    }

    void skip(long count) throws BadImageException {
        require(count);
        at += (int) count;
    }

    /** The next byte, 0 to 255. */
    int u8() throws BadImageException {
        require(1);
        return bytes[at++] & 0xFF;
    }

    /** The next two bytes, big-endian. */
    int u16() throws BadImageException {
        return u8() << 8 | u8();
    }

    /** The next two bytes, little-endian. */
    int u16LittleEndian() throws BadImageException {
        return u8() | u8() << 8;
    }

    /** The next four bytes, big-endian. */
    long u32() throws BadImageException {
        return (long) u16() << 16 | u16();
    }

    /** The next four bytes as a signed number, little-endian. */
    int i32LittleEndian() throws BadImageException {
        return u16LittleEndian() | u16LittleEndian() << 16;
    }

    String ascii(int count) throws BadImageException {
        require(count);
        at += count;
        return new String(bytes, at - count, count, StandardCharsets.US_ASCII);
    }

    /** The bytes from {@code from} (inclusive) to the current position (exclusive). */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, at);
    }

    void requireSize(long width, long height) throws BadImageException {
        if (width < 1 || height < 1) {
            throw damaged();
        }
        // Compares by division, because the product of two sizes up to 2^32 may overflow.
        if (width > mostPixels || height > mostPixels / width) {
            throw new BadImageException("has more than the " + mostPixels + " pixels that are allowed");
        }
    }

    BadImageException damaged() {
        return new BadImageException("is a damaged " + format);
    }

    BadImageException unreadable(String kind) {
        return new BadImageException("is " + kind + ", which cannot be read: convert it to an 8-bit RGB PNG or JPEG");
    }

    private void require(long count) throws BadImageException {
        if (count < 0 || count > bytes.length - at) {
            throw new BadImageException("is a truncated " + format);
        }
    }
}
