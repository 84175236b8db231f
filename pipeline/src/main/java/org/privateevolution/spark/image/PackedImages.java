package org.privateevolution.spark.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Pixels;
import org.privateevolution.spark.session.HadoopFile;

/**
 * Files that hold many images of one size: IDX (the MNIST family), gzipped or not, and CIFAR-10's binary version. Each
 * partition reads its part of each file and returns the images as PNG.
 *
 * @param labels IDX file of the labels; empty if there is none
 * @param cifar whether the files are CIFAR-10's
 */
record PackedImages(List<String> files, String labels, boolean cifar) implements Serializable {

    /** Magic number of IDX: two zero bytes, the type (unsigned bytes), and the number of axes. */
    private static final int IDX_IMAGES = 0x0803;

    private static final int IDX_LABELS = 0x0801;
    private static final int CIFAR_SIDE = 32;
    private static final int CIFAR_RECORD = 1 + CIFAR_SIDE * CIFAR_SIDE * Pixels.CHANNELS;
    private static final int MOST_SIDE = 1 << 14;
    private static final int BUFFER_BYTES = 1 << 16;

    PackedImages {
        files = List.copyOf(files);
    }

    static PackedImages idx(String images, String labels) {
        return new PackedImages(List.of(images), labels, false);
    }

    static PackedImages cifar10(List<String> files) {
        return new PackedImages(files, "", true);
    }

    /** An image with its label and name. */
    private record Placed(byte[] png, String label, String name) {}

    /** Thrown if a file does not have its declared format. The message holds none of the file's content. */
    private static final class BadFileException extends Exception {

        private static final long serialVersionUID = 1L;

        BadFileException(String message) {
            super(message);
        }
    }

    /**
     * Reads parts of the files by number.
     *
     * @param parts total number of parts
     * @param labelled whether rows have a label
     */
    record Parts(PackedImages packed, int parts, boolean labelled) implements MapPartitionsFunction<Integer, Row> {
        @Override
        public Iterator<Row> call(Iterator<Integer> numbers) {
            List<Row> rows = new ArrayList<>();
            while (numbers.hasNext()) {
                int part = numbers.next();
                try {
                    for (String file : packed.files()) {
                        packed.read(file, part, parts, image -> rows.add(row(image)));
                    }
                } catch (BadFileException e) {
                    rows.add(
                            labelled
                                    ? RowFactory.create(null, null, null, e.getMessage())
                                    : RowFactory.create(null, null, e.getMessage()));
                } catch (IOException e) {
                    throw new FolderFiles.UnreadableImageException(e.getClass().getSimpleName());
                }
            }
            return rows.iterator();
        }

        private Row row(Placed image) {
            return labelled
                    ? RowFactory.create(image.png, image.label, image.name, null)
                    : RowFactory.create(image.png, image.name, null);
        }
    }

    private interface Sink {
        void accept(Placed image);
    }

    private void read(String file, int part, int parts, Sink sink) throws IOException, BadFileException {
        try {
            if (cifar) {
                readCifar(file, part, parts, sink);
            } else {
                readIdx(file, part, parts, sink);
            }
        } catch (EOFException e) {
            throw new BadFileException("a file ends before its last image: copy it again");
        }
    }

    private void readIdx(String file, int part, int parts, Sink sink) throws IOException, BadFileException {
        try (DataInputStream images = open(file);
                DataInputStream names = labels.isEmpty() ? null : open(labels)) {
            requireMagic(images, IDX_IMAGES, file, "images (idx3-ubyte)");
            int count = images.readInt();
            int height = images.readInt();
            int width = images.readInt();
            if (count < 0 || width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) {
                throw new BadFileException(file + " has a damaged header: copy it again");
            }
            if (names != null) {
                requireMagic(names, IDX_LABELS, labels, "labels (idx1-ubyte)");
                if (names.readInt() != count) {
                    throw new BadFileException(labels + " has another number of labels than " + file
                            + " has images: give the two that belong together");
                }
            }
            long from = (long) count * part / parts;
            long to = (long) count * (part + 1) / parts;
            images.skipNBytes(from * width * height);
            byte[] grey = new byte[Math.multiplyExact(width, height)];
            if (names != null) {
                names.skipNBytes(from);
            }
            for (long i = from; i < to; i++) {
                images.readFully(grey);
                String label = names == null ? null : Integer.toString(names.readUnsignedByte());
                sink.accept(new Placed(Png.encode(rgb(grey, width, height)), label, file + "#" + i));
            }
        }
    }

    private static void requireMagic(DataInputStream in, int magic, String file, String what)
            throws IOException, BadFileException {
        if (in.readInt() != magic) {
            throw new BadFileException(file + " is not an IDX file of " + what + ": check the path");
        }
    }

    private static Pixels rgb(byte[] grey, int width, int height) {
        byte[] rgb = new byte[grey.length * Pixels.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / Pixels.CHANNELS];
        }
        return new Pixels(width, height, rgb);
    }

    /**
     * Reads a part of a CIFAR-10 file: each record is a label and one plane per colour. Part p consists of the records
     * whose index is p modulo {@code parts}.
     */
    private static void readCifar(String file, int part, int parts, Sink sink) throws IOException, BadFileException {
        try (DataInputStream in = open(file)) {
            byte[] bytes = new byte[CIFAR_RECORD];
            for (long i = 0; ; i++) {
                int read = in.readNBytes(bytes, 0, CIFAR_RECORD);
                if (read == 0) {
                    return;
                }
                if (read < CIFAR_RECORD) {
                    throw new EOFException();
                }
                if (i % parts == part) {
                    int label = bytes[0] & 0xFF;
                    if (label >= ImageSpec.CIFAR10_LABELS.size()) {
                        throw new BadFileException(file + " is not a binary file of CIFAR-10: check the path");
                    }
                    sink.accept(
                            new Placed(Png.encode(planes(bytes)), ImageSpec.CIFAR10_LABELS.get(label), file + "#" + i));
                }
            }
        }
    }

    private static Pixels planes(byte[] bytes) {
        int plane = CIFAR_SIDE * CIFAR_SIDE;
        byte[] rgb = new byte[plane * Pixels.CHANNELS];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                rgb[i * Pixels.CHANNELS + channel] = bytes[1 + channel * plane + i];
            }
        }
        return new Pixels(CIFAR_SIDE, CIFAR_SIDE, rgb);
    }

    private static DataInputStream open(String file) throws IOException {
        InputStream raw = new BufferedInputStream(new HadoopFile(file).open(), BUFFER_BYTES);
        return new DataInputStream(
                file.endsWith(".gz") ? new BufferedInputStream(new GZIPInputStream(raw), BUFFER_BYTES) : raw);
    }
}
