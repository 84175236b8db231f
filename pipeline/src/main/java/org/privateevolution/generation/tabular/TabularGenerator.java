package org.privateevolution.generation.tabular;

import java.util.List;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec.Mutation;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Generates rows from the declared schema alone (Tab-PE; Tran et al. 2026).
 *
 * <p>RANDOM_API draws each column uniformly over its declared values. VARIATION_API draws a category anew with the
 * mutation rate as the probability. It moves a number by uniform(-rate, rate) times the declared range, rounds the
 * result to the column's type and clamps it to the bounds. A row is a pure function of its request.
 */
public final class TabularGenerator implements GenerationApi {

    private final TableSchema schema;
    private final ColumnSampler[] samplers;
    private final MutationSchedule schedule;

    /** @throws IllegalArgumentException if a rate is not in [0, 1], or gamma or iterations not greater than 0 */
    public TabularGenerator(TableSchema schema, Mutation mutation) {
        this.schema = schema;
        this.samplers = schema.columns().stream().map(TabularGenerator::sampler).toArray(ColumnSampler[]::new);
        this.schedule = new MutationSchedule(mutation);
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        for (GenerationRequest request : requests) {
            sink.accept(request, row(request));
        }
    }

    @Override
    public void close() {}

    private TableRow row(GenerationRequest request) {
        if (request instanceof GenerationRequest.Variation variation) {
            return variation(variation);
        }
        var random = request.seed().generator();
        double[] codes = new double[samplers.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = samplers[i].random(random);
        }
        return new TableRow(codes);
    }

    private TableRow variation(GenerationRequest.Variation request) {
        Payload parent = request.parent().payload();
        if (!(parent instanceof TableRow row)) {
            throw new IllegalArgumentException("a table row cannot be a variation of a "
                    + parent.getClass().getSimpleName());
        }
        schema.requireRow(row);
        double rate = schedule.rate(request.iteration());
        var random = request.seed().generator();
        double[] codes = new double[samplers.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = samplers[i].variation(row.code(i), rate, random);
        }
        return new TableRow(codes);
    }

    private static ColumnSampler sampler(Column column) {
        if (column instanceof CategoricalColumn categorical) {
            return new CategoricalSampler(categorical);
        }
        return new NumericSampler((NumericColumn) column);
    }
}
