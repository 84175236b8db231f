package org.privateevolution.estimate;

/** What is known about the sum of the weights of one label's points. */
public sealed interface Total {

    /** The squares of larger sums and counts might overflow. */
    double GREATEST = 1e100;

    /**
     * The sum is known.
     *
     * @param sum from 0 to 1e100; 0 leaves every point of the label without weight
     */
    record Known(double sum) implements Total {
        public Known {
            if (!(sum >= 0 && sum <= GREATEST)) {
                throw new IllegalArgumentException("a known total lies between 0 and " + GREATEST + ", not at " + sum);
            }
        }
    }

    /**
     * The sum was released with noise.
     *
     * @param sum may be negative, up to 1e100 in magnitude
     * @param sigma standard deviation of the noise, above 0
     */
    record Noisy(double sum, double sigma) implements Total {
        public Noisy {
            if (!(Math.abs(sum) <= GREATEST)) {
                throw new IllegalArgumentException(
                        "the magnitude of a noisy total is a number up to " + GREATEST + ", not " + sum);
            }
            ReleasedCounts.requireSigma(sigma);
        }
    }

    /** The sum is estimated from the releases. */
    record Free() implements Total {}
}
