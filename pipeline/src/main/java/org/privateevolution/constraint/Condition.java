package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A condition on one row, in negation normal form. As in a {@code CHECK} of SQL, a row breaks a condition only if the
 * condition is false: a comparison with a null is unknown, which is not false.
 */
sealed interface Condition extends Serializable permits Condition.All, Condition.Any, Test {

    /** Whether the row with these codes does not break the condition. */
    boolean holds(double... codes);

    /** The columns that the condition names; a column may occur several times. */
    IntStream columns();

    /** All of several conditions. */
    record All(List<Condition> parts) implements Condition {
        private static final long serialVersionUID = 1L;

        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(double... codes) {
            return parts.stream().allMatch(part -> part.holds(codes));
        }

        @Override
        public IntStream columns() {
            return parts.stream().flatMapToInt(Condition::columns);
        }
    }

    /** At least one of several conditions. */
    record Any(List<Condition> parts) implements Condition {
        private static final long serialVersionUID = 1L;

        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(double... codes) {
            return parts.stream().anyMatch(part -> part.holds(codes));
        }

        @Override
        public IntStream columns() {
            return parts.stream().flatMapToInt(Condition::columns);
        }
    }

    /** The tests that hold in every row that obeys the condition. */
    default Stream<Test> always() {
        if (this instanceof Test test) {
            return Stream.of(test);
        }
        return this instanceof All all ? all.parts().stream().flatMap(Condition::always) : Stream.of();
    }
}
