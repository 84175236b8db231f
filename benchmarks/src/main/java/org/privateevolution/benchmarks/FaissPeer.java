package org.privateevolution.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** FAISS in a separate Python process, which searches on command. */
final class FaissPeer implements AutoCloseable {

    /**
     * Rows and columns of the multiplied matrices: large enough for BLAS to run at full speed for a fiftieth of a
     * second.
     */
    private static final int MATRIX = 1024;

    private final Path folder;
    private final Path neighborsFile;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    FaissPeer(Path python, Path script, float[] queries, float[] candidates, int dimension, int k) throws IOException {
        folder = Files.createTempDirectory("faiss-peer");
        neighborsFile = folder.resolve("neighbors");
        ProcessBuilder builder = new ProcessBuilder(
                python.toString(),
                script.toString(),
                write("queries", queries).toString(),
                write("candidates", candidates).toString(),
                Integer.toString(dimension),
                Integer.toString(k),
                neighborsFile.toString(),
                Integer.toString(MATRIX));
        // One thread: FAISS and the BLAS below it read this variable.
        builder.environment().put("OMP_NUM_THREADS", "1");
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            // The first line says that the process is ready.
            answer();
        } catch (IOException e) {
            // The files may hold private vectors.
            close();
            throw e;
        }
    }

    /** Searches once; returns the CPU seconds of the search. */
    double search() throws IOException {
        return seconds("search");
    }

    /**
     * GFLOPS of a product of two matrices by BLAS: the current speed of this machine, independent of how this project's
     * code is compiled.
     */
    double blasGflops() throws IOException {
        return 2e-9 * MATRIX * MATRIX * MATRIX / seconds("multiply");
    }

    private double seconds(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return Double.parseDouble(answer());
    }

    /** The neighbours that the last search found. */
    int[] neighbors() throws IOException {
        LongBuffer longs = ByteBuffer.wrap(Files.readAllBytes(neighborsFile))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        int[] neighbors = new int[longs.remaining()];
        for (int i = 0; i < neighbors.length; i++) {
            neighbors[i] = (int) longs.get(i);
        }
        return neighbors;
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the FAISS process ended; what it said is above");
        }
        return line;
    }

    private Path write(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Files.write(folder.resolve(name), bytes.array());
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        try (var files = Files.list(folder)) {
            files.forEach(FaissPeer::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
