package org.privateevolution.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

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
