package org.privateevolution.evolution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Distributes a number of samples over the labels. */
public final class LabelAllocation {

    private LabelAllocation() {}

    /**
     * Rounds {@code shares * total} by the largest remainders; equal remainders go to the lowest label.
     *
     * @param shares non-negative, with a positive sum; they need not sum to 1
     * @return one count per label; the counts sum to {@code total} exactly
     */
    public static int[] allocate(int total, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        if (!(sum > 0) || Double.isInfinite(sum) || Arrays.stream(shares).anyMatch(s -> !(s >= 0))) {
            throw new IllegalArgumentException("label shares must be non-negative with a positive, finite sum");
        }
        int[] counts = new int[shares.length];
        double[] remainders = new double[shares.length];
        int allocated = 0;
        for (int label = 0; label < shares.length; label++) {
            double exact = shares[label] / sum * total;
            counts[label] = (int) Math.floor(exact);
            remainders[label] = exact - counts[label];
            allocated += counts[label];
        }
        int[] byRemainder = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> -remainders[label])
                        .thenComparingInt(label -> label))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; allocated < total; i = (i + 1) % byRemainder.length) {
            if (shares[byRemainder[i]] > 0) {
                counts[byRemainder[i]]++;
                allocated++;
            }
        }
        return counts;
    }

    /**
     * Computes shares from a released count of the private labels. Negative counts are noise around zero and become 0.
     * If no count is positive, every label gets the same share.
     */
    public static double[] shares(double[] noisyCounts) {
        double[] shares =
                Arrays.stream(noisyCounts).map(count -> Math.max(count, 0)).toArray();
        if (Arrays.stream(shares).noneMatch(share -> share > 0)) {
            Arrays.fill(shares, 1);
        }
        return shares;
    }
}
