package org.privateevolution.audit;

/**
 * A test that a run passes if it gives the claimed privacy as planned.
 *
 * @param name what is tested
 * @param pValue probability of such a result if all is well; 0 if it is then impossible; NaN fails
 * @param breach whether a failure means less privacy than promised, rather than just a release other than planned
 * @param failure what is wrong if the test fails
 */
public record Check(String name, double pValue, boolean breach, String failure) {

    /** The largest probability that any check of an audit fails by chance. */
    public static final double FALSE_ALARMS = 1e-6;

    /** The largest number of checks in an audit. */
    private static final int CHECKS = 5;

    /** The largest probability that one check fails by chance. */
    static final double LEAST = FALSE_ALARMS / CHECKS;

    /** Whether chance cannot explain the result. */
    public boolean fails() {
        return !(pValue >= LEAST);
    }
}
