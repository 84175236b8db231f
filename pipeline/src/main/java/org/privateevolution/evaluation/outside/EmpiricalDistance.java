package org.privateevolution.evaluation.outside;

/** Distances between two empirical distributions of numbers, each given as values in ascending order. */
public final class EmpiricalDistance {

    private EmpiricalDistance() {}

    /**
     * The Kolmogorov-Smirnov statistic: the largest difference of the distribution functions.
     *
     * @return 0 to 1; 1 if only one of the two is empty, 0 if both are
     */
    public static double kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == b.length ? 0 : 1;
        }
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == at) {
                i++;
            }
            while (j < b.length && b[j] == at) {
                j++;
            }
            largest = Math.max(largest, Math.abs(i / (double) a.length - j / (double) b.length));
        }
        return largest;
    }

    /**
     * The Wasserstein-1 distance: the area between the distribution functions, in units of the values.
     *
     * @throws IllegalArgumentException if either is empty
     */
    public static double wasserstein(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException("no values: they cannot be compared with those of nothing");
        }
        double area = 0;
        int i = 0;
        int j = 0;
        double from = Math.min(a[0], b[0]);
        while (i < a.length || j < b.length) {
            double to = i == a.length ? b[j] : j == b.length ? a[i] : Math.min(a[i], b[j]);
            area += Math.abs(i / (double) a.length - j / (double) b.length) * (to - from);
            while (i < a.length && a[i] == to) {
                i++;
            }
            while (j < b.length && b[j] == to) {
                j++;
            }
            from = to;
        }
        return area;
    }

    /**
     * The share of the real range that the synthetic values cover; RangeCoverage of SDMetrics.
     *
     * @return 0 to 1; 1 if the real values are all equal
     */
    public static double rangeCoverage(double[] real, double[] synthetic) {
        if (real.length == 0 || synthetic.length == 0) {
            return real.length == 0 ? 1 : 0;
        }
        double range = real[real.length - 1] - real[0];
        if (range == 0) {
            return 1;
        }
        double below = Math.max(0, (synthetic[0] - real[0]) / range);
        double above = Math.max(0, (real[real.length - 1] - synthetic[synthetic.length - 1]) / range);
        return Math.max(0, 1 - below - above);
    }

    /**
     * The unit for distances of numbers: the range from the 5th to the 95th percentile, which single extreme values do
     * not stretch. If that is 0, the whole range; if that is 0 as well, 1.
     *
     * @param values at least one
     */
    public static double scale(double[] values) {
        double middle = quantile(values, 0.95) - quantile(values, 0.05);
        double whole = values[values.length - 1] - values[0];
        return middle > 0 ? middle : whole > 0 ? whole : 1;
    }

    /** Interpolates linearly between the values, as NumPy does by default. */
    private static double quantile(double[] values, double share) {
        double at = share * (values.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(values.length - 1, below + 1);
        return values[below] + (at - below) * (values[above] - values[below]);
    }
}
