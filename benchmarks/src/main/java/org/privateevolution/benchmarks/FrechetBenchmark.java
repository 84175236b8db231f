package org.privateevolution.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.privateevolution.evaluation.outside.FrechetDistance;
import org.privateevolution.evaluation.outside.GaussianMoments;

/** One Fréchet distance between populations whose covariances have full rank, from their moments. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
public class FrechetBenchmark {

    @Param({"384", "2048"})
    int dimension;

    private GaussianMoments a;
    private GaussianMoments b;

    @Setup
    public void measure() {
        int rows = 2 * dimension;
        Shape shape = Shape.parse(rows + "x" + rows + "x" + dimension);
        a = moments(shape.queryVectors(), rows);
        b = moments(shape.candidateVectors(), rows);
    }

    private GaussianMoments moments(float[] vectors, int rows) {
        GaussianMoments moments = new GaussianMoments(dimension);
        moments.add(vectors, 0, rows);
        return moments;
    }

    @Benchmark
    public double distance() {
        return FrechetDistance.between(a, b);
    }
}
