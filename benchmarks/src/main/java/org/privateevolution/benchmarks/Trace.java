package org.privateevolution.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;

/**
 * The vectors of a run, iteration by iteration, in a folder: the private vectors, and the candidates of each vote. The
 * folder holds private data; it is for measuring on the machine that made it.
 *
 * <pre>
 * trace.properties          dimension, iterations
 * private.f32               float32, little-endian, row-major, ordered by label
 * private-offsets.i32       int32, little-endian: index of each label's first row, followed by the number of rows
 * candidates-001.f32        the candidates of vote 1, ordered by label
 * candidate-offsets-001.i32 index of each label's first candidate, followed by their number
 * parents-001.i32           for each candidate, the candidate of the previous vote that it is, or is a variation of;
 *                           -1 for none
 * </pre>
 */
public final class Trace {

    private static final String PROPERTIES = "trace.properties";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final int dimension;
    private final int iterations;

    private Trace(Path folder, int dimension, int iterations) {
        this.folder = folder;
        this.dimension = dimension;
        this.iterations = iterations;
    }

    static Trace open(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(PROPERTIES))) {
            properties.load(reader);
        }
        return new Trace(
                folder,
                Integer.parseInt(properties.getProperty("dimension")),
                Integer.parseInt(properties.getProperty("iterations")));
    }

    /** Starts a trace in a new folder. */
    public static Recorder record(Path folder, int dimension, float[] vectors, int... labelOffsets) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        if (!Files.exists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (Files.exists(folder.resolve(PROPERTIES))) {
            throw new IOException(folder + " holds a trace already: choose another folder");
        }
        write(folder.resolve("private.f32"), vectors);
        write(folder.resolve("private-offsets.i32"), labelOffsets);
        return new Recorder(folder, dimension);
    }

    int dimension() {
        return dimension;
    }

    int iterations() {
        return iterations;
    }

    float[] privateVectors() throws IOException {
        return floats(folder.resolve("private.f32"));
    }

    int[] privateOffsets() throws IOException {
        return ints(folder.resolve("private-offsets.i32"));
    }

    /** @param vote number of the vote, from 1 */
    float[] candidates(int vote) throws IOException {
        return floats(folder.resolve(name("candidates", vote, "f32")));
    }

    int[] candidateOffsets(int vote) throws IOException {
        return ints(folder.resolve(name("candidate-offsets", vote, "i32")));
    }

    int[] parents(int vote) throws IOException {
        return ints(folder.resolve(name("parents", vote, "i32")));
    }

    private static String name(String what, int vote, String type) {
        return "%s-%03d.%s".formatted(what, vote, type);
    }

    private static void write(Path file, float[] values) throws IOException {
        ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static void write(Path file, int[] values) throws IOException {
        ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Integer.BYTES));
        bytes.asIntBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static int[] ints(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] values = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }

    /** Records the candidates of one vote after the other. */
    public static final class Recorder {

        private final Path folder;
        private final int dimension;
        private int votes;

        private Recorder(Path folder, int dimension) {
            this.folder = folder;
            this.dimension = dimension;
        }

        public void vote(float[] candidates, int[] labelOffsets, int... parents) throws IOException {
            int rows = labelOffsets[labelOffsets.length - 1];
            if (candidates.length != rows * dimension || parents.length != rows) {
                throw new IllegalArgumentException(rows + " candidates, but " + candidates.length + " floats and "
                        + parents.length + " parents " + Arrays.toString(labelOffsets));
            }
            votes++;
            write(folder.resolve(name("candidates", votes, "f32")), candidates);
            write(folder.resolve(name("candidate-offsets", votes, "i32")), labelOffsets);
            write(folder.resolve(name("parents", votes, "i32")), parents);
            Properties properties = new Properties();
            properties.setProperty("dimension", Integer.toString(dimension));
            properties.setProperty("iterations", Integer.toString(votes));
            try (Writer writer = Files.newBufferedWriter(folder.resolve(PROPERTIES))) {
                properties.store(writer, "This folder holds private data.");
            }
        }
    }
}
