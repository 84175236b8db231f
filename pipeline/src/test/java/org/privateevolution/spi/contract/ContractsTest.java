package org.privateevolution.spi.contract;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.extension.Dice;
import org.privateevolution.extension.Letters;
import org.privateevolution.extension.MeanColor;
import org.privateevolution.extension.Salad;
import org.privateevolution.extension.Share;
import org.privateevolution.extension.Size;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.spi.EmbedderProvider;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageEncoderProvider;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.SyntheticSamples;
import org.privateevolution.spi.spark.OutsideMetricProvider;

/** Sound extensions keep their contracts, and each mistake is found. */
class ContractsTest {

    private static final Options NONE = new Options(Map.of());
    private static final GenerationContext TEXTS = new GenerationContext.Texts(List.of("ham", "spam"));
    private static final List<Text> SAMPLES = List.of(new Text("Dear Ada"), new Text(""), new Text("zzz zz"));

    private static Options mistake(String mistake) {
        return new Options(Map.of("mistake", mistake));
    }

    @Test
    void soundExtensionsKeepTheirContracts() {
        ProviderContract.verify(GeneratorProvider.class, new Salad());
        ProviderContract.verify(GeneratorProvider.class, new Dice());
        ProviderContract.verify(EmbedderProvider.class, new Letters());
        ProviderContract.verify(ImageEncoderProvider.class, new MeanColor());
        ProviderContract.verify(MetricProvider.class, new Size());
        ProviderContract.verify(OutsideMetricProvider.class, new Share());

        GeneratorContract.verify(new Salad().create(NONE), TEXTS);
        GeneratorContract.verify(
                new Dice().create(NONE),
                new GenerationContext.Rows(
                        List.of("all"),
                        new TableSchema(List.of(new CategoricalColumn(
                                "color",
                                ColumnType.of(ColumnType.Kind.STRING),
                                List.of("red", "green", "blue"),
                                false,
                                null)))));
        EmbedderContract.verify(new Letters().create(NONE), SAMPLES);
        EmbedderContract.verify(
                new MeanColor().create(NONE), List.of(new Pixels(1, 1, new byte[3]), new Pixels(2, 1, new byte[6])));
        MetricContract.verify(new Size().create(NONE)::measure, samples());
    }

    private static SyntheticSamples samples() {
        List<Sample> samples = IntStream.range(0, SAMPLES.size())
                .mapToObj(i -> new Sample("s" + i, i % 2, SAMPLES.get(i), ""))
                .toList();
        return new SyntheticSamples(3, List.of("ham", "spam"), Optional.empty(), samples, new Letters().create(NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "silent, a request is left without an answer when generate returns",
        "twice, a request is answered more than once",
        "row, 'a sample is a Text, not a TableRow'",
        "clock, 'it says that it is replayable, but the same request gives another sample'"
    })
    void mistakesOfAGeneratorAreFound(String mistake, String breach) {
        assertThatThrownBy(() -> GeneratorContract.verify(new Salad().create(mistake(mistake)), TEXTS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach);
    }

    @Test
    void aGeneratorThatIgnoresTheSeedIsFound() {
        Options one = new Options(Map.of("words", "lettuce"));

        assertThatThrownBy(() ->
                        GeneratorContract.verify(new Salad().create(one), new GenerationContext.Texts(List.of("a"))))
                .hasMessage("the contract of a generator is broken:\n- all samples are equal, whatever their seeds");
    }

    @ParameterizedTest
    @CsvSource({
        "counts calls, 'a vector depends on what else is embedded with it, or on when'",
        "nan, a vector holds NaN or infinity",
        "throws, the embedder throws java.lang.IllegalStateException: cannot embed Dear Ada"
    })
    void mistakesOfAnEmbedderAreFound(String mistake, String breach) {
        assertThatThrownBy(() -> EmbedderContract.verify(new Letters().create(mistake(mistake)), SAMPLES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach);
    }

    /** Holds on to something that cannot be sent, and writes to the wrong place. */
    private record Stuck(Object lock) implements ImageEncoder {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public String fingerprint() {
            return "stuck";
        }

        @Override
        public void encode(Pixels image, float[] vectors, int at) {
            vectors[0] = image.width();
        }
    }

    @Test
    void mistakesOfAnImageEncoderAreFound() {
        List<Pixels> images = List.of(new Pixels(1, 1, new byte[3]));

        assertThatThrownBy(() -> EmbedderContract.verify(new Stuck(new Object()), images))
                .hasMessageContaining("it cannot be sent to executors: java.io.NotSerializableException");
        assertThatThrownBy(() -> EmbedderContract.verify(new Stuck(null), images))
                .hasMessageContaining("is not written where it should be");
    }

    @Test
    void mistakesOfAMetricAreFound() {
        SyntheticMetric ratio =
                samples -> Map.of("a ratio", 1.0 / (samples.samples().size() - 1));
        SyntheticMetric clock = samples -> Map.of("", (double) System.nanoTime());

        assertThatThrownBy(() -> MetricContract.verify(ratio::measure, samples()))
                .hasMessageContaining("the name of a figure holds another character")
                .hasMessageContaining("a figure is not finite");
        assertThatThrownBy(() -> MetricContract.verify(clock::measure, samples()))
                .hasMessageContaining("the same samples give other figures");
        assertThatNoException().isThrownBy(() -> MetricContract.verify(samples -> Map.of("1.a_b-c", 2.0), samples()));
    }

    @Test
    void aProviderThatCannotBeFoundIsTold() {
        MetricProvider nameless = new MetricProvider() {
            @Override
            public String name() {
                return "No Name";
            }

            @Override
            public String version() {
                return " ";
            }

            @Override
            public SyntheticMetric create(Options options) {
                return samples -> Map.of();
            }
        };

        assertThatThrownBy(() -> ProviderContract.verify(MetricProvider.class, nameless))
                .hasMessageContaining("the name is not of lower-case letters, digits and hyphens")
                .hasMessageContaining("there is no version")
                .hasMessageContaining("No Name is not an extension on the class path");
    }
}
