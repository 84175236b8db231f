package org.privateevolution.generation.tabular;

import java.util.random.RandomGenerator;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

/**
 * Draws uniformly from the values of the type between the bounds, both included.
 *
 * <p>In a nullable column, one value in ten is null. This rule is public, because the share of nulls in the private
 * data is not. A variation decides anew whether it is null, with the mutation rate as the probability of doing so.
 */
record NumericSampler(NumericColumn column) implements ColumnSampler {

    static final double NULL_PROBABILITY = 0.1;

    /** Beyond this number, neighbouring doubles are more than one step apart. */
    private static final double EXACT_STEPS = 0x1p53;

    @Override
    public double random(RandomGenerator random) {
        return drawsNull(random) ? TableRow.NULL : number(random);
    }

    @Override
    public double variation(double code, double rate, RandomGenerator random) {
        boolean wasNull = Double.isNaN(code);
        boolean redrawn = column.nullable() && random.nextDouble() < rate;
        boolean isNull = redrawn ? drawsNull(random) : wasNull;
        if (isNull) {
            return TableRow.NULL;
        }
        return wasNull ? number(random) : moved(code, rate, random);
    }

    private boolean drawsNull(RandomGenerator random) {
        return column.nullable() && random.nextDouble() < NULL_PROBABILITY;
    }

    private double number(RandomGenerator random) {
        double range = column.max() - column.min();
        double steps = Math.rint(range / column.step());
        // a column without a grid has a step of 0, hence infinitely many steps, or NaN if the column is constant
        double distance =
                steps < EXACT_STEPS ? random.nextLong((long) steps + 1) * column.step() : random.nextDouble() * range;
        return column.round(column.min() + distance);
    }

    private double moved(double code, double rate, RandomGenerator random) {
        double range = column.max() - column.min();
        return column.round(code + (2 * random.nextDouble() - 1) * rate * range);
    }
}
