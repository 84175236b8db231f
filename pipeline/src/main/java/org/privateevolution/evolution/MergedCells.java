package org.privateevolution.evolution;

/**
 * Which cells of a column are counted together, because they differ by no more than noise.
 *
 * @param groups for each cell, the first cell of the group that it belongs to; the cell itself if it stands alone
 * @param weights for each cell, the factor of its count in the count of its group
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MergedCells(int[] groups, double[] weights) {

    /** For each group, by its first cell, the noise of its count, as a multiple of the noise of one cell. */
    double[] noise() {
        double[] noise = new double[groups.length];
        for (int cell = 0; cell < groups.length; cell++) {
            noise[groups[cell]] += weights[cell] * weights[cell];
        }
        for (int cell = 0; cell < groups.length; cell++) {
            noise[cell] = Math.sqrt(noise[cell]);
        }
        return noise;
    }
}
