package org.privateevolution.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.Pixels;

class ImageDecoderTest {

    private static final ImageDecoder DECODER = new ImageDecoder(1 << 20);

    private static int[] pixel(Pixels image, int x, int y) {
        int at = (y * image.width() + x) * Pixels.CHANNELS;
        return new int[] {image.rgb()[at] & 0xFF, image.rgb()[at + 1] & 0xFF, image.rgb()[at + 2] & 0xFF};
    }

    private static byte[] sound(String format) throws IOException {
        int type = format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB;
        return Images.written(Images.smooth(31, 23, type), format, false);
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> DECODER.decode(file))
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "13, 7", "2, 257"})
    void whatPngEncodesIsDecodedExactly(int width, int height) throws BadImageException {
        Pixels image = Images.noise(width, height, 5);

        Pixels decoded = DECODER.decode(Png.encode(image));

        assertThat(decoded.width()).isEqualTo(width);
        assertThat(decoded.rgb()).isEqualTo(image.rgb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void losslessFormatsKeepEveryPixel(String format) throws Exception {
        Pixels decoded = DECODER.decode(sound(format));

        assertThat(decoded.width()).isEqualTo(31);
        assertThat(decoded.height()).isEqualTo(23);
        assertThat(pixel(decoded, 30, 22)).containsExactly(130, 148, 102);
        assertThat(pixel(decoded, 0, 0)).containsExactly(40, 60, 50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegIsDecodedNearly(boolean progressive) throws Exception {
        Pixels decoded =
                DECODER.decode(Images.written(Images.smooth(31, 23, BufferedImage.TYPE_INT_RGB), "jpeg", progressive));

        for (int channel = 0; channel < 3; channel++) {
            assertThat(pixel(decoded, 20, 11)[channel]).isCloseTo(new int[] {100, 104, 81}[channel], within(8));
        }
    }

    private static Offset<Integer> within(int offset) {
        return Offset.offset(offset);
    }

    @Test
    void aGifOfOneFrameIsDecoded() throws Exception {
        Pixels decoded = DECODER.decode(sound("gif"));

        for (int channel = 0; channel < 3; channel++) {
            assertThat(pixel(decoded, 20, 11)[channel]).isCloseTo(new int[] {100, 104, 81}[channel], within(30));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyIsNotBrightened(int type) throws Exception {
        BufferedImage image = new BufferedImage(5, 3, type);
        int most = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
        WritableRaster raster = image.getRaster();
        raster.setSample(0, 0, 0, most * 100 / 255);
        raster.setSample(4, 2, 0, most);

        for (String format : new String[] {"png", "jpeg"}) {
            if (format.equals("jpeg") && most > 255) {
                continue;
            }
            Pixels decoded = DECODER.decode(Images.written(image, format, false));
            int slack = format.equals("jpeg") ? 30 : 0;
            assertThat(pixel(decoded, 0, 0)[0]).isCloseTo(100, within(slack));
            assertThat(pixel(decoded, 0, 0)[2]).isEqualTo(pixel(decoded, 0, 0)[0]);
            assertThat(pixel(decoded, 4, 2)[1]).isCloseTo(255, within(slack));
        }
    }

    @Test
    void sixteenBitsAreRoundedToEight() throws Exception {
        byte[] row = {0, 0x7F, (byte) 0xFF, 0x00, 0x01, 0x01, 0x00};
        byte[] file = new Images.PngBytes()
                .header(1, 1, 16, 2)
                .chunk("IDAT", Images.deflated(row))
                .end();

        // 0x7FFF, 1 and 0x100 of 65535, as 255ths: 127.498, 0.004 and 0.996.
        assertThat(pixel(DECODER.decode(file), 0, 0)).containsExactly(127, 0, 1);
    }

    @Test
    void whatIsTransparentStandsOnWhite() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FF0000);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0xFF102030);

        Pixels decoded = DECODER.decode(Images.written(image, "png", false));

        assertThat(pixel(decoded, 0, 0)).containsExactly(255, 255, 255);
        assertThat(pixel(decoded, 1, 0)).containsExactly(127, 127, 127);
        assertThat(pixel(decoded, 2, 0)).containsExactly(16, 32, 48);
    }

    @Test
    void aColourThatIsDeclaredTransparentStandsOnWhite() throws Exception {
        byte[] palette = {10, 20, 30, 40, 50, 60};
        byte[] indexed = new Images.PngBytes()
                .header(2, 1, 8, 3)
                .chunk("PLTE", palette)
                .chunk("tRNS", new byte[] {(byte) 255, 0})
                .chunk("IDAT", Images.deflated(new byte[] {0, 0, 1}))
                .end();
        byte[] direct = new Images.PngBytes()
                .header(2, 1, 8, 2)
                .chunk("tRNS", new byte[] {0, 40, 0, 50, 0, 60})
                .chunk("IDAT", Images.deflated(new byte[] {0, 10, 20, 30, 40, 50, 60}))
                .end();

        for (byte[] file : new byte[][] {indexed, direct}) {
            assertThat(pixel(DECODER.decode(file), 0, 0)).containsExactly(10, 20, 30);
            assertThat(pixel(DECODER.decode(file), 1, 0)).containsExactly(255, 255, 255);
        }
    }

    @Test
    void interlacedPngIsDecodedExactly() throws Exception {
        BufferedImage image = Images.smooth(31, 23, BufferedImage.TYPE_INT_RGB);

        assertThat(DECODER.decode(Images.written(image, "png", true)).rgb())
                .isEqualTo(DECODER.decode(Images.written(image, "png", false)).rgb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void everyTruncatedFileIsRefused(String format) throws Exception {
        byte[] file = sound(format);

        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> DECODER.decode(cut))
                    .as("%d of %d bytes", length, file.length)
                    .isInstanceOf(BadImageException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void damagedFilesGiveAnImageOrAReasonAndNothingElse(String format) throws Exception {
        byte[] file = sound(format);
        SplittableRandom random = new SplittableRandom(17);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] damaged = file.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                DECODER.decode(damaged);
            } catch (BadImageException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aFlippedBitInAPngIsFound() throws Exception {
        byte[] file = sound("png");
        for (int i = 0; i < file.length; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= 4;
            assertThatThrownBy(() -> DECODER.decode(damaged)).isInstanceOf(BadImageException.class);
        }
    }

    @Test
    void sizesAreCheckedBeforeAnythingIsDecompressed() throws Exception {
        byte[] png = new Images.PngBytes()
                .header(30_000, 30_000, 8, 2)
                .chunk("IDAT", Images.deflatedZeros(1))
                .end();
        byte[] huge = new Images.PngBytes().header(-1, -1, 8, 2).end();
        byte[] jpeg = sound("jpeg");
        int frame = indexOf(jpeg, (byte) 0xC0) + 4;
        Arrays.fill(jpeg, frame, frame + 4, (byte) 0x75);
        byte[] gif = sound("gif");
        Arrays.fill(gif, 6, 10, (byte) 0x75);
        byte[] bmp = sound("bmp");
        bmp[20] = 0x75;

        for (byte[] file : new byte[][] {png, huge, jpeg, gif, bmp}) {
            assertThat(allocated(() -> refused(file, "more than the 1048576 pixels")))
                    .isLessThan(4 << 20);
        }
        byte[] empty = new Images.PngBytes().header(0, 7, 8, 2).end();
        refused(empty, "damaged PNG");
    }

    /** Index of the second byte of a marker. */
    private static int indexOf(byte[] jpeg, byte marker) {
        for (int i = 1; i < jpeg.length; i++) {
            if (jpeg[i - 1] == (byte) 0xFF && jpeg[i] == marker) {
                return i;
            }
        }
        throw new AssertionError("no such marker");
    }

    private static long allocated(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void bombsAreDefusedWithinTheMemoryOfTheirPixels() throws Exception {
        byte[] bomb = Images.deflatedZeros(256);
        byte[] text = concat("note\0\0".getBytes(StandardCharsets.ISO_8859_1), bomb);
        byte[] profile = concat("profile\0\0".getBytes(StandardCharsets.ISO_8859_1), bomb);
        byte[] pixels =
                new Images.PngBytes().header(16, 16, 8, 2).chunk("IDAT", bomb).end();
        byte[] metadata = new Images.PngBytes()
                .header(1, 1, 8, 3)
                .chunk("iCCP", profile)
                .chunk("PLTE", new byte[] {1, 2, 3})
                .chunk("zTXt", text)
                .chunk("IDAT", Images.deflated(new byte[] {0, 0}))
                .chunk("iTXt", text)
                .end();

        for (byte[] file : new byte[][] {pixels, metadata}) {
            assertThat(allocated(() -> decoded(file))).isLessThan(16L * bomb.length);
        }
        assertThat(pixel(DECODER.decode(metadata), 0, 0)).containsExactly(1, 2, 3);
    }

    private static Pixels decoded(byte[] file) {
        try {
            return DECODER.decode(file);
        } catch (BadImageException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    @Test
    void aPngWithTooFewPixelsIsDamaged() throws Exception {
        byte[] file = new Images.PngBytes()
                .header(16, 16, 8, 2)
                .chunk("IDAT", Images.deflated(new byte[100]))
                .end();

        refused(file, "damaged PNG");
    }

    @Test
    void metadataAndProfilesOfAJpegAreLeftOut() throws Exception {
        byte[] file = sound("jpeg");
        byte[] junk = {
            (byte) 0xFF, (byte) 0xE2, 0, 18, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1, 9, 9
        };
        byte[] with = concat(Arrays.copyOf(file, 2), junk, Arrays.copyOfRange(file, 2, file.length), new byte[9]);

        assertThat(DECODER.decode(with).rgb()).isEqualTo(DECODER.decode(file).rgb());
    }

    /** Exif 3.0, figure 12: where row 0 and column 0 of what is stored are shown. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void aPhotographIsTurnedAsItWasHeld(int code, String row, String column) throws Exception {
        byte[] stored = Images.written(Images.smooth(31, 23, BufferedImage.TYPE_INT_RGB), "jpeg", false);
        Pixels as = DECODER.decode(stored);
        for (boolean little : new boolean[] {false, true}) {
            Pixels shown = DECODER.decode(withExif(stored, code, little));

            boolean turned = row.equals("left") || row.equals("right");
            assertThat(shown.width()).isEqualTo(turned ? 23 : 31);
            for (int y = 0; y < 23; y++) {
                for (int x = 0; x < 31; x++) {
                    int alongRows = side(turned ? column : row, turned ? x : y, turned ? 31 : 23);
                    int alongColumns = side(turned ? row : column, turned ? y : x, turned ? 23 : 31);
                    assertThat(pixel(shown, alongColumns, alongRows)).isEqualTo(pixel(as, x, y));
                }
            }
        }
    }

    private static int side(String from, int at, int size) {
        return from.equals("top") || from.equals("left") ? at : size - 1 - at;
    }

    /** A JPEG with an Exif segment of two tags, of which one is the orientation. */
    private static byte[] withExif(byte[] jpeg, int code, boolean little) throws IOException {
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                .put((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII))
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2);
        exif.putShort((short) 0x0100)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 31)
                .putShort((short) 0);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) code)
                .putShort((short) 0);
        int length = exif.capacity() + 2;
        byte[] head = {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length};
        return concat(Arrays.copyOf(jpeg, 2), head, exif.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    @Test
    void anExifSegmentThatMakesNoSenseIsIgnored() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] segment = new byte[random.nextInt(60)];
            random.nextBytes(segment);
            byte[] start = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, (byte) random.nextInt(40), 0, 0, 0};
            System.arraycopy(start, 0, segment, 0, Math.min(random.nextInt(15), segment.length < 14 ? 0 : 14));

            assertThat(Orientation.ofExif(segment).code()).isBetween(1, 8);
        }
    }

    @Test
    void kindsThatCannotBeReadAreRefusedByName() throws Exception {
        byte[] jpeg = sound("jpeg");
        int frame = indexOf(jpeg, (byte) 0xC0);
        byte[] cmyk = jpeg.clone();
        cmyk[frame + 8] = 4;
        byte[] twelveBits = jpeg.clone();
        twelveBits[frame + 3] = 12;
        byte[] arithmetic = jpeg.clone();
        arithmetic[frame] = (byte) 0xC9;
        byte[] moving = new Images.PngBytes()
                .header(1, 1, 8, 2)
                .chunk("acTL", new byte[8])
                .end();
        byte[] run = sound("bmp");
        run[30] = 1;

        refused(cmyk, "is a CMYK JPEG, which cannot be read: convert it");
        refused(twelveBits, "not of 8 bits");
        refused(arithmetic, "arithmetically coded");
        refused(Images.animatedGif(Images.smooth(9, 9, BufferedImage.TYPE_BYTE_INDEXED)), "is an animated GIF");
        refused(moving, "is an animated PNG");
        refused(run, "is a compressed BMP");
        refused(
                "RIFF\1\2\3\4WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1),
                "is WebP, which cannot be read: convert it");
        refused("II*\0\1\2\3\4".getBytes(StandardCharsets.ISO_8859_1), "is TIFF");
        refused("\0\0\0\40ftypavif".getBytes(StandardCharsets.ISO_8859_1), "is AVIF");
        refused("\0\0\0\40ftypheic".getBytes(StandardCharsets.ISO_8859_1), "is HEIF");
        refused("<svg/>".getBytes(StandardCharsets.ISO_8859_1), "is not a PNG, JPEG, GIF or BMP");
        refused(new byte[0], "is an empty file");
    }

    @Test
    void corruptEntropyCodingIsNotPassedOffAsPixels() throws Exception {
        byte[] file = Images.written(Images.smooth(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg", false);
        int scan = indexOf(file, (byte) 0xDA) + 14;
        Arrays.fill(file, scan, file.length - 2, (byte) 0x55);

        refused(file, "damaged JPEG");
    }

    @Test
    void aLimitThatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> new ImageDecoder(0)).hasMessageContaining("1 to 268435456");
        assertThatThrownBy(() -> new ImageDecoder(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }
}
