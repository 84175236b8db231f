package org.privateevolution.audit;

/**
 * A test that a run of the claimed privacy passes, as planned.
 *
 * @param name what is tested
 * @param pValue probability of a result like this one, if all is well: 0 if it is not possible then; NaN fails
 * @param breach whether less privacy is given than promised if the test fails, and not just another release than planned
 * @param failure what is wrong if the test fails
 */
public record Check(String name, double pValue, boolean breach, String failure) {

    /** The most that all checks of an audit together fail by chance. */
    public static final double FALSE_ALARMS = 1e-6;

    /** Number of checks that an audit makes, at most. */
    private static final int CHECKS = 5;

    /** The most that one check fails by chance. */
    static final double LEAST = FALSE_ALARMS / CHECKS;

    /** Whether chance does not explain the result. */
    public boolean fails() {
        return !(pValue >= LEAST);
    }
}
