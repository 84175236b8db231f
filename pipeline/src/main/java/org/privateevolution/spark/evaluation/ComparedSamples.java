package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation.Figure;

/**
 * The comparison of a synthetic sample with a real one, and of a second real sample with the same real one. Standard
 * errors come from comparing {@link #PARTS} parts of the synthetic sample; averaging over the parts halves their
 * spread.
 *
 * @param subject column that is compared; empty for all of the data
 * @param value comparison of the synthetic sample
 * @param second comparison of the second real sample; empty if nothing is held out
 * @param parts comparison of each part of the synthetic sample
 * @param <C> result of a comparison
 */
record ComparedSamples<C>(String subject, C value, Optional<C> second, List<C> parts) {

    private static final int PARTS = 4;

    /** A sample that can be divided into parts. */
    interface Sample<T> {
        int size();

        T part(int from, int length);
    }

    /**
     * Compares samples of one size.
     *
     * @param held the second real sample; empty if nothing is held out
     */
    static <T extends Sample<T>, C> ComparedSamples<C> of(
            String subject, T real, Optional<T> held, T synthetic, BiFunction<T, T, C> compare) {
        List<C> parts = new ArrayList<>();
        int length = synthetic.size() / PARTS;
        for (int part = 0; part < PARTS; part++) {
            parts.add(compare.apply(real.part(part * length, length), synthetic.part(part * length, length)));
        }
        return new ComparedSamples<>(
                subject, compare.apply(real, synthetic), held.map(second -> compare.apply(real, second)), parts);
    }

    Figure figure(EvaluationMeasure measure, ToDoubleFunction<C> of) {
        double[] values = parts.stream().mapToDouble(of).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares =
                Arrays.stream(values).map(part -> (part - mean) * (part - mean)).sum();
        double error = Math.sqrt(squares / (PARTS - 1) / PARTS);
        return measure.figure(
                subject,
                of.applyAsDouble(value),
                second.map(found -> OptionalDouble.of(of.applyAsDouble(found))).orElse(OptionalDouble.empty()),
                error * Math.sqrt(2),
                OptionalDouble.of(error));
    }
}
