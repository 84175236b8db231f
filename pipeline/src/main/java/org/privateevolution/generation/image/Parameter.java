package org.privateevolution.generation.image;

import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Range;
import org.privateevolution.model.Schedule;

/** One parameter of a simulator: how it is drawn, and how it is varied. */
sealed interface Parameter extends Serializable {

    double random(RandomGenerator random);

    double vary(double value, int iteration, RandomGenerator random);

    boolean holds(double value);

    /**
     * One of several options, all equally likely.
     *
     * @param first number of the first option
     * @param redraw probability that a variation draws the option anew, by completed votes
     */
    record Choice(int first, int options, Schedule redraw) implements Parameter {

        public Choice {
            redraw.within("the probabilities of drawing anew", 0, 1);
        }

        @Override
        public double random(RandomGenerator random) {
            return first + random.nextInt(options);
        }

        @Override
        public double vary(double value, int iteration, RandomGenerator random) {
            return random.nextDouble() < redraw.at(iteration) ? random(random) : value;
        }

        @Override
        public boolean holds(double value) {
            return value >= first && value < first + options && value == Math.rint(value);
        }
    }

    /**
     * A number, uniformly distributed over a range.
     *
     * @param step largest change by a variation, by completed votes; the change is uniform, and its result clamped to
     *     the range
     */
    record Quantity(Range range, Schedule step) implements Parameter {

        public Quantity {
            step.within("the degrees of variation", 0, Double.MAX_VALUE);
        }

        @Override
        public double random(RandomGenerator random) {
            return range.at(random.nextDouble());
        }

        @Override
        public double vary(double value, int iteration, RandomGenerator random) {
            return range.clamp(value + (2 * random.nextDouble() - 1) * step.at(iteration));
        }

        @Override
        public boolean holds(double value) {
            return value >= range.low() && value <= range.high();
        }
    }
}
