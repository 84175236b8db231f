package org.privateevolution.evolution;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.RowSampler;

/** Draws and varies rows according to the distribution within their label that the released numbers show. */
final class RowVariation implements RowSampler {

    private final MarginalSampler[] samplers;
    private final UnaryOperator<TableRow> mending;

    /**
     * @param samplers one per label
     */
    RowVariation(MarginalSampler[] samplers) {
        this(samplers.clone(), UnaryOperator.identity());
    }

    private RowVariation(MarginalSampler[] samplers, UnaryOperator<TableRow> mending) {
        this.samplers = samplers;
        this.mending = mending;
    }

    /** The same variation, with determined values set to what their determining columns imply. */
    RowVariation keeping(FunctionalPairs pairs) {
        return new RowVariation(samplers, pairs::mended);
    }

    /** A row with independent columns, except for determined values. */
    @Override
    public TableRow random(int label, RandomGenerator random) {
        return mending.apply(samplers[label].random(random));
    }

    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        return mending.apply(samplers[label].varied(row, degree, random));
    }
}
