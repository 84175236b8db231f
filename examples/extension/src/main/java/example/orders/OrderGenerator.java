package example.orders;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.spi.Content;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.OptionException;
import org.privateevolution.spi.Options;

/** Makes orders that keep the rules of orders, which are public knowledge. */
public final class OrderGenerator implements GeneratorProvider {

    @Override
    public String name() {
        return "order-generator";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Set<Content> makes() {
        return Set.of(Content.ROWS);
    }

    @Override
    public Generator create(Options options) {
        List<String> statuses = options.texts("statuses");
        List<String> carriers = options.texts("carriers");
        int mostDays = (int) options.integer("most_days", 0, 365, 14);
        double keep = options.number("keep", 0, 1, 0.5);
        if (carriers.contains(OrderRows.NO_CARRIER)) {
            throw new OptionException("carriers", "none is not allowed: it stands for orders without a carrier");
        }
        return context -> new Orders(
                new OrderRows(((GenerationContext.Rows) context).schema()), statuses, carriers, mostDays, keep);
    }

    /** @param keep probability that a variation is its parent; other variations are new orders */
    private record Orders(OrderRows rows, List<String> statuses, List<String> carriers, int mostDays, double keep)
            implements GenerationApi {

        /** A row follows from its request alone, and costs nothing. */
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

        private TableRow row(GenerationRequest request) {
            RandomGenerator random = request.seed().generator();
            boolean kept = random.nextDouble() < keep;
            return kept && request instanceof GenerationRequest.Variation variation
                    ? (TableRow) variation.parent().payload()
                    : rows.random(random, statuses, carriers, mostDays);
        }

        @Override
        public void close() {}
    }
}
