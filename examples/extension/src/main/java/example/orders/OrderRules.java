package example.orders;

import java.util.Map;
import org.privateevolution.model.TableRow;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.SyntheticSamples;

/** Measures how many of the synthetic orders break the rules of orders. */
public final class OrderRules implements MetricProvider {

    @Override
    public String name() {
        return "order-rules";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public SyntheticMetric create(Options options) {
        return OrderRules::broken;
    }

    private static Map<String, Double> broken(SyntheticSamples samples) {
        OrderRows rows = new OrderRows(samples.schema().orElseThrow());
        long broken = samples.payloads().stream()
                .filter(row -> !rows.keepsTheRules((TableRow) row))
                .count();
        return Map.of("broken", (double) broken / samples.samples().size());
    }
}
