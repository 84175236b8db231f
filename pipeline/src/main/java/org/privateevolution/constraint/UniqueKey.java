package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Columns whose values, taken together, differ from row to row. As in SQL, a row with a null among them is not
 * compared.
 *
 * @param rule index of the constraint that declares it
 * @param names names of all its columns
 * @param columns its learnt columns and the label, by index
 * @param isMadeUp whether a made-up column, which differs in every row anyway, is among them
 */
public record UniqueKey(int rule, List<String> names, List<Integer> columns, boolean isMadeUp) implements Serializable {

    private static final long serialVersionUID = 1L;

    public UniqueKey {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /** The codes of the columns; empty if one is null. */
    Optional<List<Double>> of(double... codes) {
        List<Double> key = new ArrayList<>(columns.size());
        for (int column : columns) {
            if (Double.isNaN(codes[column])) {
                return Optional.empty();
            }
            key.add(codes[column]);
        }
        return Optional.of(key);
    }
}
