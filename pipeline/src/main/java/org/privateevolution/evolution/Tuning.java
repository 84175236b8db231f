package org.privateevolution.evolution;

/**
 * What released numbers choose in the course of a run.
 *
 * @param priorWeight a prior weighs as much as this share of the records. It was drawn from the estimate before and knows most of
 *     what was released; with the weight of all records it would hold on to what it does not know
 * @param firstDegree of the variation of the pool's rows after the first vote, up to 1
 * @param lastDegree after the last
 */
record Tuning(double priorWeight, double firstDegree, double lastDegree) {

    /** @param progress share of the votes that are over, 0 to 1 */
    double degree(double progress) {
        return firstDegree * Math.pow(lastDegree / firstDegree, progress);
    }
}
