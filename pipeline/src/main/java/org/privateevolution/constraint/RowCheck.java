package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.List;

/** A constraint that a single row can break. */
public final class RowCheck implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int rule;
    private final List<String> columns;
    private final Condition condition;

    RowCheck(int rule, List<String> columns, Condition condition) {
        this.rule = rule;
        this.columns = List.copyOf(columns);
        this.condition = condition;
    }

    /** Index of the constraint among all that are declared. */
    public int rule() {
        return rule;
    }

    /** Names of the columns that it depends on. */
    public List<String> columns() {
        return columns;
    }

    /** @param codes as {@link Constraints#codes} gives them */
    public boolean isBrokenBy(double... codes) {
        return !condition.holds(codes);
    }
}
