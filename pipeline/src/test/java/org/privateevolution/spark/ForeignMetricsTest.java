package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.extension.Letters;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Providers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Text;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.spark.OutsideMetric;
import org.privateevolution.spi.spark.OutsideMetricProvider;

class ForeignMetricsTest {

    @TempDir
    private Path folder;

    private final List<Integer> loaded = new ArrayList<>();
    private final List<List<? extends Payload>> embedded = new ArrayList<>();
    private final List<Integer> read = new ArrayList<>();
    private final Embedder letters = new Letters().create(new Options(Map.of()));

    /** A metric that spoils the vectors that it gets. */
    public static final class Mass implements MetricProvider {
        @Override
        public String name() {
            return "mass";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public SyntheticMetric create(Options options) {
            return samples -> {
                float[] vectors = samples.embedder().embed(samples.payloads());
                double sum = 0;
                for (int i = 0; i < vectors.length; i++) {
                    sum += vectors[i];
                    vectors[i] = 0;
                }
                return Map.of("", sum);
            };
        }
    }

    /** The same, against private vectors. */
    public static final class Difference implements OutsideMetricProvider {
        @Override
        public String name() {
            return "difference";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public OutsideMetric create(Options options) {
            return (samples, records) -> {
                double sum = 0;
                for (float number : samples.embedder().embed(samples.payloads())) {
                    sum += number;
                }
                float[] vectors = records.vectors(7);
                for (int i = 0; i < vectors.length; i++) {
                    sum -= vectors[i];
                    vectors[i] = 0;
                }
                return Map.of("", sum);
            };
        }
    }

    private Population population(int iteration) {
        loaded.add(iteration);
        return new Population(
                iteration,
                List.of(
                        new Sample("a" + iteration, 0, new Text("aaa"), ""),
                        new Sample("b" + iteration, 1, new Text("bb b"), "")));
    }

    private Embedder counting() {
        return new Embedder() {
            @Override
            public int dimension() {
                return letters.dimension();
            }

            @Override
            public String fingerprint() {
                return letters.fingerprint();
            }

            @Override
            public float[] embed(List<? extends Payload> payloads) {
                embedded.add(payloads);
                return letters.embed(payloads);
            }

            @Override
            public float[] probe() {
                return letters.probe();
            }
        };
    }

    private OpenModality modality() {
        return (OpenModality) Proxy.newProxyInstance(
                OpenModality.class.getClassLoader(),
                new Class<?>[] {OpenModality.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "measuresEachPopulation" -> true;
                    case "candidateEmbedder" -> counting();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void allMetricsShareWhatIsReadAndEmbedded() throws IOException {
        try (Providers providers = new Providers(folder.resolve("jar"))
                .with(MetricProvider.class, Mass.class)
                .with(OutsideMetricProvider.class, Difference.class)) {
            RunSpec spec = Mails.corpusRun(
                    Mails.write(folder),
                    folder.resolve("out"),
                    "evaluation={private_metrics: true, metrics: [{name: size}, {name: mass}, {name: difference}]}");
            List<MetricValue> figures;
            try (PrivateVectors vectors =
                    PrivateVectors.embed(spec, new PrivateSource(TestSession.spark()).open(spec), letters)) {
                figures = new ForeignMetrics(
                                TestSession.spark(),
                                spec,
                                modality(),
                                () -> {
                                    read.add(1);
                                    return vectors;
                                },
                                new RunListener() {})
                        .measured(this::population, 2, Set.of());
            }

            assertThat(figures)
                    .extracting(MetricValue::metric)
                    .containsExactly(
                            "size",
                            "size.floats",
                            "size",
                            "size.floats",
                            "size",
                            "size.floats",
                            "mass",
                            "mass",
                            "mass",
                            "difference",
                            "difference",
                            "difference");
            assertThat(figures.subList(6, 9))
                    .allSatisfy(mass -> assertThat(mass.value()).isEqualTo(1.75));
            assertThat(figures.subList(9, 12).stream().map(MetricValue::value).distinct())
                    .hasSize(1)
                    .doesNotContain(1.75);
            assertThat(loaded).containsExactly(0, 1, 2);
            assertThat(embedded).hasSize(3);
            assertThat(read).hasSize(1);
        }
    }
}
