package org.privateevolution.evolution;

/**
 * Parameters that a run chooses by its released numbers.
 *
 * @param priorWeight the weight of the prior, as a share of the records. The prior was drawn from the previous estimate
 *     and knows most of what was released; with the weight of all records it would keep too much of what it does not
 *     know
 * @param firstDegree degree of variation of the pool's rows after the first vote, up to 1
 * @param lastDegree degree of variation after the last vote
 */
record Tuning(double priorWeight, double firstDegree, double lastDegree) {

    /**
     * The degree of variation at some point of the run.
     *
     * @param progress share of the votes that are over, 0 to 1
     */
    double degree(double progress) {
        return firstDegree * Math.pow(lastDegree / firstDegree, progress);
    }
}
