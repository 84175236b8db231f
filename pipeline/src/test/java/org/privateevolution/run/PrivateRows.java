package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.generation.tabular.TabularGenerator;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/** Rows that play the private ones where there is no Spark. */
final class PrivateRows {

    private PrivateRows() {}

    /** Random rows, so many of each label. */
    static List<Sample> of(RunSpec spec, int... counts) {
        List<Sample> rows = new ArrayList<>();
        GenerationSink sink = new GenerationSink() {
            @Override
            public void accept(GenerationRequest request, Payload payload) {
                rows.add(new Sample(request.id(), ((GenerationRequest.Random) request).label(), payload, ""));
            }

            @Override
            public void reject(GenerationRequest request, String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void fail(GenerationRequest request, String reason) {
                throw new AssertionError(reason);
            }
        };
        try (TabularGenerator generator =
                new TabularGenerator(spec.tabular().schema(), spec.tabular().mutation())) {
            generator.generate(
                    new PopulationPlanner(new Seed(41)).initial(counts).requests(), sink);
        }
        return rows;
    }
}
