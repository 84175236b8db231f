package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

class PublicTextGeneratorTest {

    /** Texts are numbers on a line. */
    private record Line(List<Integer> batches) implements Embedder {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public String fingerprint() {
            return "line";
        }

        @Override
        public float[] probe() {
            return new float[dimension()];
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            batches.add(payloads.size());
            float[] vectors = new float[2 * payloads.size()];
            for (int i = 0; i < payloads.size(); i++) {
                vectors[2 * i] = Float.parseFloat(((Text) payloads.get(i)).value());
            }
            return vectors;
        }
    }

    private final Line line = new Line(new ArrayList<>());

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private PublicTextGenerator generator(List<List<String>> texts, Integer... neighbors) {
        return new PublicTextGenerator(texts, List.of(neighbors), line, Kernels.scalar(), Metric.L2);
    }

    private static Map<String, String> made(PublicTextGenerator generator, List<GenerationRequest> requests) {
        Map<String, String> made = new HashMap<>();
        generator.generate(requests, new GenerationSink() {
            @Override
            public void accept(GenerationRequest request, Payload payload) {
                assertThat(made.put(request.id(), ((Text) payload).value())).isNull();
            }

            @Override
            public void reject(GenerationRequest request, String reason) {
                throw new AssertionError(reason);
            }
        });
        return made;
    }

    private static List<GenerationRequest> variations(String parent, int label, int iteration, int count) {
        return IntStream.range(0, count)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Variation(
                        "v" + i, new Sample("p", label, new Text(parent), ""), iteration, new Seed(i)))
                .toList();
    }

    @Test
    void randomTextsAreOfTheirLabel() {
        List<GenerationRequest> requests = IntStream.range(0, 500)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Random("r" + i, i % 2, new Seed(i)))
                .toList();

        Map<String, String> made = made(generator(List.of(numbers(0, 7), numbers(100, 111)), 1), requests);

        assertThat(new HashSet<>(made.values())).hasSize(18);
        for (int i = 0; i < 500; i++) {
            assertThat(Integer.parseInt(made.get("r" + i)) >= 100).isEqualTo(i % 2 == 1);
        }
        assertThat(line.batches).isEmpty();
    }

    @Test
    void variationsAreTheNearestOtherTextsByTheSchedule() {
        PublicTextGenerator generator = generator(List.of(numbers(0, 601)), 4, 2);

        assertThat(Set.copyOf(made(generator, variations("300", 0, 0, 100)).values()))
                .containsExactlyInAnyOrder("298", "299", "301", "302");
        assertThat(Set.copyOf(made(generator, variations("300", 0, 5, 100)).values()))
                .containsExactlyInAnyOrder("299", "301");
        assertThat(line.batches).as("the corpus is embedded once, in pieces").containsExactly(256, 256, 89);
    }

    @Test
    void aTextOutsideTheCorpusIsVariedTo() {
        assertThat(Set.copyOf(made(generator(List.of(numbers(0, 9)), 2), variations("4.4", 0, 0, 60))
                        .values()))
                .containsExactlyInAnyOrder("4", "5");
    }

    @Test
    void aSampleIsAFunctionOfItsRequestAlone() {
        List<GenerationRequest> all = new ArrayList<>(variations("3", 0, 0, 31));
        Map<String, String> together = made(generator(List.of(numbers(0, 17)), 5), all);

        for (GenerationRequest request : all) {
            assertThat(made(generator(List.of(numbers(0, 17)), 5), List.of(request)))
                    .containsEntry(request.id(), together.get(request.id()));
        }
        assertThat(generator(List.of(numbers(0, 2)), 1).replayable()).isTrue();
    }

    @Test
    void repeatedTextsCountOnceAndALoneTextIsItsOwnVariation() {
        assertThat(Set.copyOf(made(generator(List.of(List.of("1", "1", "1", "1", "2")), 1), variations("1", 0, 0, 9))
                        .values()))
                .containsExactly("2");
        assertThat(Set.copyOf(made(generator(List.of(List.of("1")), 3), variations("1", 0, 0, 9))
                        .values()))
                .containsExactly("1");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> generator(List.of(numbers(0, 3)), 0)).hasMessageContaining("from 1 to 31");
        assertThatThrownBy(() -> generator(List.of(numbers(0, 3)), 32)).hasMessageContaining("[32]");
        assertThatThrownBy(() -> generator(List.of(numbers(0, 3), List.of()), 1))
                .hasMessageContaining("label 1");
    }
}
