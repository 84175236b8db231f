package org.privateevolution.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.privateevolution.model.Pixels;

/** Images for tests, sound and otherwise. */
public final class Images {

    private Images() {}

    public static Pixels noise(int width, int height, long seed) {
        byte[] rgb = new byte[width * height * Pixels.CHANNELS];
        new SplittableRandom(seed).nextBytes(rgb);
        return new Pixels(width, height, rgb);
    }

    public static Pixels plain(int width, int height, int gray) {
        byte[] rgb = new byte[width * height * Pixels.CHANNELS];
        Arrays.fill(rgb, (byte) gray);
        return new Pixels(width, height, rgb);
    }

    /** An image whose pixels are smooth, so that a lossy format keeps them nearly. */
    static BufferedImage smooth(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xFF000000 | (40 + 3 * x) << 16 | (60 + 4 * y) << 8 | (50 + x + y));
            }
        }
        return image;
    }

    static byte[] written(BufferedImage image, String format, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] animatedGif(BufferedImage frame) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(frame, null, null), null);
            writer.writeToSequence(new IIOImage(frame, null, null), null);
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A PNG, chunk by chunk. */
    static final class PngBytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        PngBytes() {
            bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        }

        PngBytes chunk(String type, byte[] data) {
            CRC32 crc = new CRC32();
            crc.update(type.getBytes(StandardCharsets.US_ASCII));
            crc.update(data);
            int32(data.length);
            bytes.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(data);
            int32((int) crc.getValue());
            return this;
        }

        PngBytes header(int width, int height, int bits, int colorType) throws IOException {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(data);
            out.writeInt(width);
            out.writeInt(height);
            out.write(new byte[] {(byte) bits, (byte) colorType, 0, 0, 0});
            return chunk("IHDR", data.toByteArray());
        }

        byte[] end() {
            return chunk("IEND", new byte[0]).bytes.toByteArray();
        }

        private void int32(int value) {
            bytes.writeBytes(
                    new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
        }
    }

    static byte[] deflated(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    /** So many zeros, a thousandth of that in size. */
    static byte[] deflatedZeros(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }
}
