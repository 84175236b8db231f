package org.privateevolution.generation.tabular;

import java.util.List;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec.Mutation;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.table.RowSampler;

/**
 * Generates rows from the declared schema alone (Tab-PE; Tran et al. 2026). {@link UniformRows} draws and varies them,
 * with the mutation rate as the degree of a variation. A row is a pure function of its request.
 */
public final class TabularGenerator implements GenerationApi {

    private final RowSampler rows;
    private final MutationSchedule schedule;

    /** @throws IllegalArgumentException if a rate is not in [0, 1], or gamma or iterations not greater than 0 */
    public TabularGenerator(TableSchema schema, Mutation mutation) {
        this(new UniformRows(schema), mutation);
    }

    /** Generates rows that obey constraints; as the other constructor otherwise. */
    public TabularGenerator(TableSchema schema, Mutation mutation, Constraints constraints) {
        this(constraints.obeying(new UniformRows(schema)), mutation);
    }

    private TabularGenerator(RowSampler rows, Mutation mutation) {
        this.rows = rows;
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
        if (!(request instanceof GenerationRequest.Variation variation)) {
            return rows.random(request.label(), request.seed().generator());
        }
        Payload parent = variation.parent().payload();
        if (!(parent instanceof TableRow row)) {
            throw new IllegalArgumentException("a table row cannot be a variation of a "
                    + parent.getClass().getSimpleName());
        }
        double rate = schedule.rate(variation.iteration());
        return rows.varied(request.label(), row, rate, request.seed().generator());
    }
}
