package org.privateevolution.generation.mixed;

import java.util.random.RandomGenerator;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.generation.tabular.MutationSchedule;
import org.privateevolution.generation.tabular.UniformRows;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.table.RowSampler;

/**
 * Determines the columns of each requested record, and whether its text is kept. Both are pure functions of the request
 * and the current {@link RowSampler}, so the columns are known before the text that must agree with them is written.
 */
public final class RowPlan {

    /** Number of attempts to change a row. Each attempt varies the row further than the last. */
    private static final int ATTEMPTS = 10;

    private final TextSpec.Beside shares;
    private final MutationSchedule schedule;
    private volatile RowSampler sampler;

    /** Draws rows from the declared schema and its constraints alone until {@link #drawFrom} is called. */
    public RowPlan(RunSpec.Tabular tabular, TextSpec.Beside shares, Constraints constraints) {
        this.shares = shares;
        this.schedule = new MutationSchedule(tabular.mutation());
        this.sampler = constraints.obeying(new UniformRows(tabular.schema()));
    }

    /** Draws the rows of all later requests from another sampler. */
    public void drawFrom(RowSampler other) {
        sampler = other;
    }

    /** The columns of the requested record. */
    TableRow row(GenerationRequest request) {
        RandomGenerator random = request.seed().derive("row").generator();
        if (!(request instanceof GenerationRequest.Variation variation)) {
            return sampler.random(request.label(), random);
        }
        TableRow parent = variation.parent().payload().row().orElseThrow(() -> notMixed(variation));
        if (place(request.seed()) < shares.textOnly()) {
            return parent;
        }
        double rate = schedule.rate(variation.iteration());
        TableRow varied = parent;
        for (int attempt = 1; attempt <= ATTEMPTS && varied.equals(parent); attempt++) {
            varied = sampler.varied(request.label(), parent, Math.min(1, rate * attempt), random);
        }
        return varied;
    }

    /** Whether the requested record keeps its parent's text. */
    boolean keepsText(GenerationRequest request) {
        double place = place(request.seed());
        return request instanceof GenerationRequest.Variation
                && place >= shares.textOnly()
                && place < shares.textOnly() + shares.columnsOnly();
    }

    private static double place(Seed seed) {
        return seed.derive("varied").generator().nextDouble();
    }

    private static IllegalArgumentException notMixed(GenerationRequest.Variation variation) {
        return new IllegalArgumentException("a mixed record cannot be a variation of a "
                + variation.parent().payload().getClass().getSimpleName());
    }
}
