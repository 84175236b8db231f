package org.privateevolution.constraint;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A condition that is not made of others. */
sealed interface Test extends Condition permits Test.IsNull, Test.Among, Test.Matched, Linear, Test.Determined {

    /** Removes values that no row with the test has. Returns false if nothing is left of a column. */
    boolean narrow(Domains domains);

    /** Whether a column is null, or is not. */
    record IsNull(int column, boolean expected) implements Test {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean holds(double... codes) {
            return Double.isNaN(codes[column]) == expected;
        }

        @Override
        public IntStream columns() {
            return IntStream.of(column);
        }

        @Override
        public boolean narrow(Domains domains) {
            return expected ? domains.onlyNull(column) : domains.onlyValue(column);
        }
    }

    /** Whether the category of a column is one of some codes, or null. */
    record Among(int column, BitSet codes) implements Test {
        private static final long serialVersionUID = 1L;

        public Among {
            codes = (BitSet) codes.clone();
        }

        @Override
        public boolean holds(double... row) {
            return Double.isNaN(row[column]) || codes.get((int) row[column]);
        }

        @Override
        public IntStream columns() {
            return IntStream.of(column);
        }

        @Override
        public boolean narrow(Domains domains) {
            return domains.keep(column, code -> codes.get((int) code));
        }
    }

    /**
     * Whether the categories of two columns fit together, or one of them is null.
     *
     * @param partners for each code of the first column, the codes of the second that fit
     */
    record Matched(int first, int second, List<BitSet> partners) implements Test {
        private static final long serialVersionUID = 1L;

        public Matched {
            partners = List.copyOf(partners);
        }

        @Override
        public boolean holds(double... codes) {
            return Double.isNaN(codes[first])
                    || Double.isNaN(codes[second])
                    || partners.get((int) codes[first]).get((int) codes[second]);
        }

        @Override
        public IntStream columns() {
            return IntStream.of(first, second);
        }

        @Override
        public boolean narrow(Domains domains) {
            BitSet reached = new BitSet();
            domains.codes(first).stream().mapToObj(partners::get).forEach(reached::or);
            return (domains.canBeNull(first)
                            || !domains.canHaveValue(first)
                            || domains.keep(second, code -> reached.get((int) code)))
                    && (domains.canBeNull(second)
                            || !domains.canHaveValue(second)
                            || domains.keep(
                                    first, code -> partners.get((int) code).intersects(domains.codes(second))));
        }
    }

    /**
     * Whether a column has the value that another column determines. A null determines nothing.
     *
     * @param values code of the determined column for each code of the determining one
     */
    record Determined(int from, int to, Map<Double, Double> values) implements Test {
        private static final long serialVersionUID = 1L;

        public Determined {
            values = Map.copyOf(values);
        }

        @Override
        public boolean holds(double... codes) {
            return Double.isNaN(codes[from]) || Double.compare(codes[to], values.get(codes[from])) == 0;
        }

        @Override
        public IntStream columns() {
            return IntStream.of(from, to);
        }

        @Override
        public boolean narrow(Domains domains) {
            if (!domains.isFixed(from)) {
                return true;
            }
            double code = domains.fixed(from);
            return Double.isNaN(code) || domains.fix(to, values.get(code));
        }
    }
}
