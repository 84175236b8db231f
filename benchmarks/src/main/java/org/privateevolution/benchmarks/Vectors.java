package org.privateevolution.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * The row-major queries and candidates of a comparison, and their source.
 *
 * @param before the candidates of the previous vote; empty for the first vote
 */
@SuppressWarnings("ArrayRecordComponent") // carries large arrays, and is never compared
record Vectors(String source, Shape shape, float[] queries, float[] candidates, float[] before) {

    static Vectors of(Shape shape) {
        return new Vectors("normal", shape, shape.queryVectors(), shape.candidateVectors(), new float[0]);
    }

    /**
     * Reads {@code NxMxUxCxK}: rows and candidates of U numbers from 0 to 1 and C categories of K each, all equally
     * frequent and independent. The squared distance of two categories is 1, as that of the ends of a number's range.
     */
    static Vectors ofTable(String text) {
        int[] sizes =
                Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        if (sizes.length != 5) {
            throw new IllegalArgumentException("table is " + text
                    + ", must be rows x candidates x numbers x categorical columns x categories, as in"
                    + " 20000x4000x4x8x7");
        }
        Shape shape = new Shape(sizes[0], sizes[1], sizes[2] + sizes[3] * sizes[4]);
        return new Vectors(
                "table of " + sizes[2] + " numbers and " + sizes[3] + " categories of " + sizes[4],
                shape,
                table(1, shape.queries(), sizes),
                table(2, shape.candidates(), sizes),
                new float[0]);
    }

    private static float[] table(long seed, int rows, int... sizes) {
        Random random = new Random(seed);
        float[] values = new float[Math.multiplyExact(rows, sizes[2] + sizes[3] * sizes[4])];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int number = 0; number < sizes[2]; number++) {
                values[at++] = random.nextFloat();
            }
            for (int column = 0; column < sizes[3]; column++) {
                values[at + random.nextInt(sizes[4])] = (float) Math.sqrt(0.5);
                at += sizes[4];
            }
        }
        return values;
    }

    /** Reads {@code FOLDER:VOTE}, or {@code FOLDER:VOTE:NxM} for the first N rows and M candidates. */
    static Vectors ofTrace(String text) throws IOException {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("trace is " + text + ", must be FOLDER:VOTE or FOLDER:VOTE:NxM");
        }
        Trace trace = Trace.open(Path.of(parts[0]));
        int vote = Integer.parseInt(parts[1]);
        if (vote < 1 || vote > trace.iterations()) {
            throw new IllegalArgumentException(
                    "vote is " + vote + ", but " + parts[0] + " has votes 1 to " + trace.iterations());
        }
        int rows = trace.privateOffsets()[1];
        int candidates = trace.candidateOffsets(vote)[1];
        if (parts.length == 3) {
            Shape most = Shape.parse(parts[2] + "x" + trace.dimension());
            rows = Math.min(rows, most.queries());
            candidates = Math.min(candidates, most.candidates());
        }
        return new Vectors(
                Path.of(parts[0]).getFileName() + " vote " + vote,
                new Shape(rows, candidates, trace.dimension()),
                Arrays.copyOf(trace.privateVectors(), rows * trace.dimension()),
                Arrays.copyOf(trace.candidates(vote), candidates * trace.dimension()),
                vote == 1 ? new float[0] : before(trace, vote - 1, candidates));
    }

    private static float[] before(Trace trace, int vote, int atMost) throws IOException {
        return Arrays.copyOf(
                trace.candidates(vote), Math.min(atMost, trace.candidateOffsets(vote)[1]) * trace.dimension());
    }
}
