package example.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.SyntheticSamples;
import org.privateevolution.spi.contract.GeneratorContract;
import org.privateevolution.spi.contract.MetricContract;
import org.privateevolution.spi.contract.ProviderContract;

/** The extension keeps its contracts. */
class OrdersTest {

    private static final List<String> STATUSES = List.of("placed", "shipped", "delivered", "returned");
    private static final ColumnType STRING = ColumnType.parse("string");

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new CategoricalColumn("status", STRING, STATUSES, false, null),
            new CategoricalColumn("carrier", STRING, List.of("none", "post", "courier"), false, null),
            new NumericColumn("days", ColumnType.parse("integer"), 0, 30, true, false)));

    @Test
    void theProvidersAreFound() {
        ProviderContract.verify(GeneratorProvider.class, new OrderGenerator());
        ProviderContract.verify(MetricProvider.class, new OrderRules());
    }

    @Test
    void theGeneratorKeepsItsContract() {
        Options options = new Options(Map.of("statuses", STATUSES, "carriers", List.of("post", "courier")));

        GeneratorContract.verify(
                new OrderGenerator().create(options), new GenerationContext.Rows(List.of("all"), SCHEMA));
    }

    @Test
    void theMetricKeepsItsContract() {
        OrderRows rows = new OrderRows(SCHEMA);
        SplittableRandom random = new SplittableRandom(1);
        List<Sample> samples = IntStream.range(0, 50)
                .mapToObj(i -> new Sample("s" + i, 0, rows.random(random, STATUSES, List.of("post"), 30), ""))
                .toList();

        MetricContract.verify(
                new OrderRules().create(new Options(Map.of()))::measure,
                new SyntheticSamples(0, List.of("all"), Optional.of(SCHEMA), samples, null));
    }
}
