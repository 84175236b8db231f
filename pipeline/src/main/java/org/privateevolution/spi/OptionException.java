package org.privateevolution.spi;

/** Thrown if an option of an extension is missing or invalid. */
public final class OptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final String problem;

    /** @param problem what is wrong and what to do, such as {@code 0 is not allowed: must be at least 1} */
    public OptionException(String option, String problem) {
        super(option + ": " + problem);
        this.option = option;
        this.problem = problem;
    }

    public String option() {
        return option;
    }

    public String problem() {
        return problem;
    }
}
