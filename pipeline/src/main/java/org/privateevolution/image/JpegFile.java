package org.privateevolution.image;

import java.io.ByteArrayOutputStream;

/** Checks the structure of a JPEG (ITU-T T.81), and drops comments and application segments. */
final class JpegFile {

    /** A progressive image has about ten scans; each is decoded over all pixels. */
    private static final int MOST_SCANS = 100;

    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int TEMPORARY = 0x01;
    private static final int COMMENT = 0xFE;
    /** Application segments that define the meaning of colours: JFIF and Adobe. */
    private static final int JFIF = 0xE0;

    private static final int ADOBE = 0xEE;
    /** The application segment that describes a photograph, its orientation included. */
    private static final int EXIF = 0xE1;

    private final EncodedBytes in;
    private final ByteArrayOutputStream kept;
    private int width;
    private int height;
    private Orientation orientation = Orientation.AS_STORED;

    private JpegFile(byte[] file, long mostPixels) {
        this.in = new EncodedBytes("JPEG", file, mostPixels);
        this.kept = new ByteArrayOutputStream(file.length);
    }

    static EncodedImage essential(byte[] file, long mostPixels) throws BadImageException {
        return new JpegFile(file, mostPixels).read();
    }

    private EncodedImage read() throws BadImageException {
        in.skip(2);
        put(START_OF_IMAGE);
        int scans = 0;
        int marker = marker();
        while (marker != END_OF_IMAGE) {
            segment(marker);
            if (marker == START_OF_SCAN) {
                if (width == 0 || ++scans > MOST_SCANS) {
                    throw in.damaged();
                }
                marker = entropyCoded();
            } else {
                marker = marker();
            }
        }
        put(END_OF_IMAGE);
        if (scans == 0) {
            throw in.damaged();
        }
        return new EncodedImage("jpeg", width, height, orientation, kept.toByteArray());
    }

    private void put(int marker) {
        kept.write(0xFF);
        kept.write(marker);
    }

    private int marker() throws BadImageException {
        if (in.u8() != 0xFF) {
            throw in.damaged();
        }
        int marker = in.u8();
        while (marker == 0xFF) {
            marker = in.u8();
        }
        return marker;
    }

    private void segment(int marker) throws BadImageException {
        if (marker <= TEMPORARY || isRestart(marker) || marker == START_OF_IMAGE) {
            throw in.damaged();
        }
        int start = in.at();
        int length = in.u16();
        if (length < 2) {
            throw in.damaged();
        }
        int left = length - 2;
        if (isFrame(marker)) {
            frame(marker);
            left -= 6;
        }
        int content = in.at();
        in.skip(left);
        if (marker == EXIF && orientation == Orientation.AS_STORED) {
            orientation = Orientation.ofExif(in.since(content));
        }
        boolean ofApplication = marker >= 0xE0 && marker <= 0xEF && marker != JFIF && marker != ADOBE;
        if (!ofApplication && marker != COMMENT) {
            put(marker);
            kept.writeBytes(in.since(start));
        }
    }

    private void frame(int marker) throws BadImageException {
        if (width > 0) {
            throw in.damaged();
        }
        int bits = in.u8();
        height = in.u16();
        width = in.u16();
        int components = in.u8();
        in.requireSize(width, height);
        if (marker > 0xC2 || bits != 8) {
            throw in.unreadable("a JPEG that is lossless, arithmetically coded or not of 8 bits");
        }
        if (components == 4) {
            throw in.unreadable("a CMYK JPEG");
        }
        if (components != 1 && components != 3) {
            throw in.damaged();
        }
    }

    /** Reads a scan; returns the marker after it. */
    private int entropyCoded() throws BadImageException {
        int start = in.at();
        int end;
        int marker;
        do {
            while (in.u8() != 0xFF) {
                // Skip entropy-coded bytes.
            }
            end = in.at() - 1;
            marker = in.u8();
            while (marker == 0xFF) {
                marker = in.u8();
            }
        } while (marker == 0 || isRestart(marker));
        byte[] scan = in.since(start);
        kept.write(scan, 0, end - start);
        return marker;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Markers C0 to CF start frames, except for the tables C4 and CC and the extension C8. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
