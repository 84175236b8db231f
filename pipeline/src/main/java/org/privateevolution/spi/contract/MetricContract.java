package org.privateevolution.spi.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.privateevolution.model.Sample;
import org.privateevolution.spi.SyntheticSamples;

/**
 * The contract of a metric. Its figures are finite, with names of letters, digits, '.', '_' and '-'. Measuring the same
 * samples again gives the same figures, and all samples give the same names, because a run leaves out a figure that
 * some iterations do not have.
 */
public final class MetricContract {

    private static final String NAME = "[A-Za-z0-9._-]*";

    private MetricContract() {}

    /**
     * Measures samples: all of them, the same ones in the next iteration, and only the first, for which there may be no
     * figures.
     *
     * @param metric such as {@code metric::measure} or, for a metric that compares,
     *     {@code samples -> metric.measure(samples, records)}
     * @throws AssertionError if the contract is broken
     */
    public static void verify(Function<SyntheticSamples, Map<String, Double>> metric, SyntheticSamples samples) {
        Breaches breaches = new Breaches("the contract of a metric");
        SyntheticSamples later = others(samples, samples.iteration() + 1, samples.samples());
        SyntheticSamples one =
                others(samples, samples.iteration(), samples.samples().subList(0, 1));
        Set<String> names = new HashSet<>();
        for (SyntheticSamples some : List.of(samples, later, one)) {
            breaches.unlessThrown("measuring " + some.samples().size() + " samples", () -> {
                Map<String, Double> figures = metric.apply(some);
                if (some == samples) {
                    breaches.unless(!figures.isEmpty(), "there are no figures");
                    names.addAll(figures.keySet());
                }
                breaches.unless(
                        names.equals(figures.keySet()) || (some == one && figures.isEmpty()),
                        "other samples or another iteration give figures of other names");
                figures.forEach((name, value) -> {
                    breaches.unless(name.matches(NAME), "the name of a figure holds another character");
                    breaches.unless(Double.isFinite(value), "a figure is not finite");
                });
                breaches.unless(figures.equals(metric.apply(some)), "the same samples give other figures");
            });
        }
        breaches.throwIfAny();
    }

    private static SyntheticSamples others(SyntheticSamples of, int iteration, List<Sample> samples) {
        return new SyntheticSamples(iteration, of.labels(), of.schema(), samples, of.embedder());
    }
}
