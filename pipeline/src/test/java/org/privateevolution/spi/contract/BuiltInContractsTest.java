package org.privateevolution.spi.contract;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.PublicImageGenerator;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.generation.image.SimulatorGenerator;
import org.privateevolution.generation.tabular.TabularGenerator;
import org.privateevolution.generation.text.PublicTextGenerator;
import org.privateevolution.image.Images;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/** What this project brings keeps the contracts that it asks of others. */
class BuiltInContractsTest {

    private static final List<String> LABELS = List.of("a", "b");

    private static final TableSchema SCHEMA = new TableSchema(List.of(
            new CategoricalColumn(
                    "color", ColumnType.of(ColumnType.Kind.STRING), List.of("red", "green", "blue"), true, null),
            new NumericColumn("height", ColumnType.of(ColumnType.Kind.DOUBLE), 0, 2.5, true, true)));

    private static final Embedder TEXTS = OnnxTextEmbedder.open(SentenceModel.miniLm());

    private static final GenerationContext.Images IMAGES = new GenerationContext.Images(LABELS, new ImageFiles() {
        @Override
        public StoredImage save(String sampleId, byte[] encoded) {
            throw new UnsupportedOperationException("nothing is saved here");
        }

        @Override
        public byte[] load(StoredImage image) {
            throw new UnsupportedOperationException("nothing is loaded here");
        }
    });

    private static List<Text> texts(String name) {
        return IntStream.range(0, 13)
                .mapToObj(i -> new Text(name + " of the " + "very ".repeat(i) + "long text"))
                .toList();
    }

    @Test
    void tables() {
        GeneratorContract.verify(
                context -> new TabularGenerator(SCHEMA, new RunSpec.Mutation(0.5, 0.01, 0.2, 15)),
                new GenerationContext.Rows(LABELS, SCHEMA));
        EmbedderContract.verify(
                new TabularEmbedder(SCHEMA, 1, 0.5),
                List.of(new TableRow(new double[] {2, 1.25}), new TableRow(new double[] {TableRow.NULL, TableRow.NULL
                })));
    }

    @Test
    void textsOfACorpus() {
        List<List<String>> corpus = LABELS.stream()
                .map(label -> texts(label).stream().map(Text::value).toList())
                .toList();

        GeneratorContract.verify(
                context -> new PublicTextGenerator(corpus, List.of(3), TEXTS, Kernels.scalar(), Metric.L2),
                new GenerationContext.Texts(LABELS));
        EmbedderContract.verify(TEXTS, texts("that"));
    }

    @Test
    void imagesOfAPool() {
        List<PublicImageGenerator.Pool> pools = LABELS.stream()
                .map(label -> new PublicImageGenerator.Pool(
                        IntStream.range(0, 5)
                                .mapToObj(i -> new StoredImage(label + i, "sha of " + label + i))
                                .toList(),
                        new float[] {0, 1, 2, 3, 4}))
                .toList();

        GeneratorContract.verify(
                context -> new PublicImageGenerator(pools, 1, List.of(2), Kernels.scalar(), Metric.L2), IMAGES);
    }

    @Test
    void simulatedImages() {
        Simulator simulator = new Avatar(7, 6, Schedule.of(0.5), Schedule.of(0.5));

        GeneratorContract.verify(context -> new Drawn(simulator), IMAGES);
        EmbedderContract.verify(
                new PixelEncoder(
                        new ImageFrame(3, 4, ImageFrame.Fit.CROP, Resampling.BILINEAR), ImageSpec.Channels.RGB),
                List.of(Images.noise(5, 9, 1), Images.noise(2, 1, 2)));
    }

    /** Stands for the drawing of what a simulator gives: the name of an image holds its parameters. */
    private record Drawn(Simulator simulator) implements GenerationApi {

        @Override
        public boolean replayable() {
            return new SimulatorGenerator(simulator).replayable();
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            SimulatorGenerator generator = new SimulatorGenerator(simulator);
            for (GenerationRequest request : requests) {
                generator.generate(List.of(undrawn(request)), new GenerationSink() {
                    @Override
                    public void accept(GenerationRequest answered, Payload payload) {
                        sink.accept(request, new StoredImage(payload.toString(), ""));
                    }

                    @Override
                    public void reject(GenerationRequest answered, String reason) {
                        sink.reject(request, reason);
                    }
                });
            }
        }

        private GenerationRequest undrawn(GenerationRequest request) {
            if (!(request instanceof GenerationRequest.Variation variation)) {
                return request;
            }
            String[] numbers = ((StoredImage) variation.parent().payload())
                    .location()
                    .replaceAll("SimulatedImage|[^0-9.,E-]", "")
                    .split(",");
            double[] parameters = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                parameters[i] = Double.parseDouble(numbers[i]);
            }
            Sample parent = variation.parent();
            return new GenerationRequest.Variation(
                    variation.id(),
                    new Sample(parent.id(), parent.label(), new SimulatedImage(parameters), parent.parent()),
                    variation.iteration(),
                    variation.seed());
        }

        @Override
        public void close() {}
    }
}
