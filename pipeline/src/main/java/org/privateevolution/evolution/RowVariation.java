package org.privateevolution.evolution;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.RowSampler;

/** Draws and varies rows as released numbers say that they are distributed within their label. */
final class RowVariation implements RowSampler {

    private final MarginalSampler[] samplers;
    private final UnaryOperator<TableRow> mending;

    /** @param samplers of each label */
    RowVariation(MarginalSampler[] samplers) {
        this(samplers.clone(), UnaryOperator.identity());
    }

    private RowVariation(MarginalSampler[] samplers, UnaryOperator<TableRow> mending) {
        this.samplers = samplers;
        this.mending = mending;
    }

    /** The same, with determined values kept as they should be. */
    RowVariation keeping(FunctionalPairs pairs) {
        return new RowVariation(samplers, pairs::mended);
    }

    /** A row with independent columns, but for those that are determined. */
    @Override
    public TableRow random(int label, RandomGenerator random) {
        return mending.apply(samplers[label].random(random));
    }

    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        return mending.apply(samplers[label].varied(row, degree, random));
    }
}
