package org.privateevolution.constraint;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.RowSampler;

/**
 * Samples rows that obey constraints. A row that breaks one is drawn again, so that rows have the distribution of the
 * other sampler under the condition that they obey; only a row that is hard to come by is repaired.
 */
record ObeyingRows(Constraints constraints, RowSampler sampler) implements RowSampler {

    private static final int DRAWS = 50;

    @Override
    public TableRow random(int label, RandomGenerator random) {
        return obeying(label, () -> sampler.random(label, random));
    }

    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        return obeying(label, () -> sampler.varied(label, row, degree, random));
    }

    private TableRow obeying(int label, Supplier<TableRow> drawn) {
        RowRules rules = constraints.rules();
        TableRow row = drawn.get();
        for (int draw = 1; ; draw++) {
            double[] codes = rules.codes(label, row);
            rules.complete(codes);
            if (rules.hold(codes)) {
                return constraints.known(label, rules.row(codes));
            }
            if (draw == DRAWS) {
                return constraints.known(label, rules.repaired(label, row));
            }
            row = drawn.get();
        }
    }
}
