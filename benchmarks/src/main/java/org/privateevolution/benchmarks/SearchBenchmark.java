package org.privateevolution.benchmarks;

import java.util.List;
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
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/** One search of a block of private rows, and the packing of the candidates that precedes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SearchBenchmark {

    @Param({"2000x2000x32", "1000x4000x384", "500x4000x768", "200x4000x2048"})
    String shape;

    @Param({"L2"})
    Metric metric;

    @Param({"1", "8"})
    int k;

    @Param({"vector", "scalar"})
    String kernel;

    private Shape sizes;
    private List<float[]> candidates;
    private float[] queries;
    private int[] neighbors;
    private CandidateIndex index;

    @Setup
    public void pack() {
        sizes = Shape.parse(shape);
        candidates = List.of(sizes.candidateVectors());
        queries = sizes.queryVectors();
        neighbors = new int[sizes.queries() * k];
        index = index();
    }

    @Benchmark
    public int[] search() {
        index.search(queries, 0, sizes.queries(), k, neighbors);
        return neighbors;
    }

    @Benchmark
    public CandidateIndex index() {
        return Kernels.named(kernel).index(metric, sizes.dimension(), candidates);
    }
}
