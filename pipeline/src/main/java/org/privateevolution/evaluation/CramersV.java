package org.privateevolution.evaluation;

/** Cramér's V (1946): how strongly two categorical columns are associated. */
public final class CramersV {

    private CramersV() {}

    /**
     * {@code sqrt(chi^2 / (n min(r - 1, c - 1)))}, where r and c are the numbers of categories that occur; not
     * corrected for chance.
     *
     * @param counts row-major, {@code rows * columns}, not negative
     * @return 0 to 1; 0 if fewer than two categories of either column occur
     */
    public static double of(double[] counts, int rows, int columns) {
        double[] rowTotals = new double[rows];
        double[] columnTotals = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double count = counts[i * columns + j];
                rowTotals[i] += count;
                columnTotals[j] += count;
            }
        }
        int smaller = Math.min(occurring(rowTotals), occurring(columnTotals));
        if (smaller < 2) {
            return 0;
        }
        // chi^2 / n = sum count^2 / (row total * column total) - 1
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double count = counts[i * columns + j];
                if (count > 0) {
                    sum += count * count / (rowTotals[i] * columnTotals[j]);
                }
            }
        }
        return Math.sqrt(Math.max(0, Math.min(1, (sum - 1) / (smaller - 1))));
    }

    private static int occurring(double[] totals) {
        int occurring = 0;
        for (double total : totals) {
            occurring += total > 0 ? 1 : 0;
        }
        return occurring;
    }
}
