package org.privateevolution.spi;

/** An option of an extension is missing or does not fit. */
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
