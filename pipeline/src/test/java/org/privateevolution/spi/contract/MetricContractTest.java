package org.privateevolution.spi.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Text;
import org.privateevolution.spi.SyntheticSamples;

class MetricContractTest {

    private static final SyntheticSamples SAMPLES = new SyntheticSamples(
            3,
            List.of("all"),
            Optional.empty(),
            List.of(new Sample("a", 0, new Text("one"), ""), new Sample("b", 0, new Text("two"), "")),
            null);

    private static void verify(Function<SyntheticSamples, Map<String, Double>> metric) {
        MetricContract.verify(metric, SAMPLES);
    }

    @Test
    void figuresHaveTheSameNamesWhateverIsMeasured() {
        verify(samples -> Map.of("", 1.0, "size", (double) samples.samples().size()));
        verify(samples -> samples.samples().size() < 2 ? Map.of() : Map.of("variance", 1.0));

        assertThatThrownBy(() -> verify(samples -> Map.of("after_" + samples.iteration(), 1.0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("other samples or another iteration give figures of other names");
        assertThatThrownBy(() -> verify(samples -> {
                    Map<String, Double> words = new HashMap<>();
                    samples.payloads().forEach(text -> words.merge(((Text) text).value(), 1.0, Double::sum));
                    return words;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("other samples or another iteration give figures of other names");
    }
}
