package org.privateevolution.generation.tabular;

import java.util.random.RandomGenerator;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.TableRow;

/** Draws uniformly from the categories; in a nullable column, null counts as one more category. */
record CategoricalSampler(CategoricalColumn column) implements ColumnSampler {

    @Override
    public double random(RandomGenerator random) {
        int categories = column.categories().size();
        int drawn = random.nextInt(column.nullable() ? categories + 1 : categories);
        return drawn == categories ? TableRow.NULL : drawn;
    }

    @Override
    public double variation(double code, double rate, RandomGenerator random) {
        return random.nextDouble() < rate ? random(random) : code;
    }
}
