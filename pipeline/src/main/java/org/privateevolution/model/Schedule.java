package org.privateevolution.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A number that depends on how many votes have been completed.
 *
 * @param values the first holds before any vote, the last for all later votes
 */
public record Schedule(List<Double> values) implements Serializable {

    public Schedule {
        values = List.copyOf(values);
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a schedule must be one or more numbers, but is " + values);
        }
    }

    public static Schedule of(double... values) {
        return new Schedule(Arrays.stream(values).boxed().toList());
    }

    /** Returns the value after {@code votes} completed votes. */
    public double at(int votes) {
        return values.get(Math.min(votes, values.size() - 1));
    }

    /** @throws IllegalArgumentException if a value is not between {@code low} and {@code high}, inclusive */
    public Schedule within(String name, double low, double high) {
        if (!values.stream().allMatch(value -> value >= low && value <= high)) {
            String range = high == Double.MAX_VALUE ? "at least " + low : low + " to " + high;
            throw new IllegalArgumentException(name + " must each be " + range + ", but are " + values);
        }
        return this;
    }
}
