package org.privateevolution.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.privateevolution.model.Pixels;

/** Encodes images as PNG (ISO/IEC 15948), 8 bits per channel, without any metadata: equal pixels give equal bytes. */
public final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BITS = 8;
    private static final int TRUE_COLOR = 2;
    private static final int CHANNELS = Pixels.CHANNELS;
    private static final int FILTERS = 5;

    private Png() {}

    /** Encodes an image as a whole file. */
    public static byte[] encode(Pixels image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(image));
            chunk(out, "IDAT", compressed(image));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    private static byte[] header(Pixels image) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeInt(image.width());
        out.writeInt(image.height());
        out.write(new byte[] {BITS, TRUE_COLOR, 0, 0, 0});
        return header.toByteArray();
    }

    private static byte[] compressed(Pixels image) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int stride = image.width() * CHANNELS;
        byte[] above = new byte[stride];
        byte[] row = new byte[stride];
        byte[] line = new byte[stride + 1];
        byte[] best = new byte[stride + 1];
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream out = new DeflaterOutputStream(data, deflater)) {
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.rgb(), y * stride, row, 0, stride);
                long least = Long.MAX_VALUE;
                for (int filter = 0; filter < FILTERS; filter++) {
                    long cost = filter(filter, row, above, line);
                    if (cost < least) {
                        least = cost;
                        byte[] swap = best;
                        best = line;
                        line = swap;
                    }
                }
                out.write(best);
                byte[] swap = above;
                above = row;
                row = swap;
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }

    /** Filters a row into {@code line}; returns its cost by the standard's heuristic, the sum of absolute values. */
    private static long filter(int filter, byte[] row, byte[] above, byte[] line) {
        line[0] = (byte) filter;
        long cost = 0;
        for (int i = 0; i < row.length; i++) {
            int left = i < CHANNELS ? 0 : row[i - CHANNELS] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = i < CHANNELS ? 0 : above[i - CHANNELS] & 0xFF;
            int predicted =
                    switch (filter) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> paeth(left, up, corner);
                    };
            line[i + 1] = (byte) (row[i] - predicted);
            cost += Math.abs(line[i + 1]);
        }
        return cost;
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
