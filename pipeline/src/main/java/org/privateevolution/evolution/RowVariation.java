package org.privateevolution.evolution;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.MarginalSampler;
import org.privateevolution.table.RowSampler;
import org.privateevolution.table.RowStructure;

/** Draws and varies rows according to the distribution within their label that the released numbers show. */
final class RowVariation implements RowSampler {

    private final MarginalSampler[] samplers;
    private final UnaryOperator<TableRow> mending;
    private final RowStructure rules;

    /**
     * @param samplers one per label
     * @param rules hold for every row
     */
    RowVariation(MarginalSampler[] samplers, RowStructure rules) {
        this(samplers.clone(), UnaryOperator.identity(), rules);
    }

    private RowVariation(MarginalSampler[] samplers, UnaryOperator<TableRow> mending, RowStructure rules) {
        this.samplers = samplers;
        this.mending = mending;
        this.rules = rules;
    }

    /** The same variation, with determined values set to what their determining columns imply. */
    RowVariation keeping(FunctionalPairs pairs) {
        return new RowVariation(samplers, pairs::mended, rules);
    }

    /** A row with independent columns, except for determined values. */
    @Override
    public TableRow random(int label, RandomGenerator random) {
        return kept(label, samplers[label].random(random), random);
    }

    @Override
    public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
        return kept(label, samplers[label].varied(row, degree, random), random);
    }

    private TableRow kept(int label, TableRow row, RandomGenerator random) {
        return rules.kept(mending.apply(row), () -> samplers[label].random(random));
    }
}
