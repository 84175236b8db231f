package org.privateevolution.spi.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateevolution.spi.SyntheticSamples;

/** The contract of a metric: finite figures under names of letters, digits, '.', '_' and '-', the same whenever it measures. */
public final class MetricContract {

    private static final String NAME = "[A-Za-z0-9._-]*";

    private MetricContract() {}

    /**
     * Measures samples, all of them and only the first.
     *
     * @param metric such as {@code metric::measure}, or of one that compares, {@code samples -> metric.measure(samples, records)}
     * @throws AssertionError if it is broken
     */
    public static void verify(Function<SyntheticSamples, Map<String, Double>> metric, SyntheticSamples samples) {
        Breaches breaches = new Breaches("the contract of a metric");
        SyntheticSamples one = new SyntheticSamples(
                samples.iteration(),
                samples.labels(),
                samples.schema(),
                samples.samples().subList(0, 1),
                samples.embedder());
        for (SyntheticSamples some : List.of(samples, one)) {
            breaches.unlessThrown("measuring " + some.samples().size() + " samples", () -> {
                Map<String, Double> figures = metric.apply(some);
                breaches.unless(some == one || !figures.isEmpty(), "there are no figures");
                figures.forEach((name, value) -> {
                    breaches.unless(name.matches(NAME), "the name of a figure holds another character");
                    breaches.unless(Double.isFinite(value), "a figure is not finite");
                });
                breaches.unless(figures.equals(metric.apply(some)), "the same samples give other figures");
            });
        }
        breaches.throwIfAny();
    }
}
