package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.generation.image.PublicImageGenerator.Pool;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

class PublicImageGeneratorTest {

    /** Images on a line, one at each number. */
    private static Pool pool(String name, int count) {
        float[] vectors = new float[2 * count];
        for (int i = 0; i < count; i++) {
            vectors[2 * i] = i;
        }
        return new Pool(IntStream.range(0, count).mapToObj(i -> image(name + i)).toList(), vectors);
    }

    private static StoredImage image(String name) {
        return new StoredImage("file:///pool/" + name + ".png", "sha of " + name);
    }

    private static PublicImageGenerator generator(Integer... neighbors) {
        return new PublicImageGenerator(
                List.of(pool("a", 31), pool("b", 17)), 2, List.of(neighbors), Kernels.scalar(), Metric.L2);
    }

    private static Set<Payload> made(PublicImageGenerator generator, List<? extends GenerationRequest> requests) {
        Set<Payload> made = new HashSet<>();
        generator.generate(requests, new GenerationSink() {
            @Override
            public void accept(GenerationRequest request, Payload payload) {
                made.add(payload);
            }

            @Override
            public void reject(GenerationRequest request, String reason) {
                throw new AssertionError(reason);
            }
        });
        return made;
    }

    private static List<GenerationRequest> variations(StoredImage parent, int label, int iteration) {
        return IntStream.range(0, 100)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Variation(
                        "v" + i, new Sample("p", label, parent, ""), iteration, new Seed(i)))
                .toList();
    }

    @Test
    void randomImagesAreOfTheirLabel() {
        List<GenerationRequest> requests = IntStream.range(0, 300)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Random("r" + i, 1, new Seed(i)))
                .toList();

        // An image of 17 is missed by 300 even draws with a chance below 1e-6.
        assertThat(made(generator(1), requests))
                .isEqualTo(Set.copyOf(pool("b", 17).images()));
    }

    @Test
    void variationsAreTheNearestOtherImagesByTheSchedule() {
        assertThat(made(generator(4, 2), variations(image("a15"), 0, 0)))
                .containsExactlyInAnyOrder(image("a13"), image("a14"), image("a16"), image("a17"));
        assertThat(made(generator(4, 2), variations(image("a15"), 0, 7)))
                .containsExactlyInAnyOrder(image("a14"), image("a16"));
        assertThat(generator(1).replayable()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> made(generator(2), variations(image("b3"), 0, 0)))
                .hasMessageContaining("not of their label's public pool");
        assertThatThrownBy(() ->
                        new PublicImageGenerator(List.of(pool("a", 3)), 3, List.of(1), Kernels.scalar(), Metric.L2))
                .hasMessageContaining("6 floats are not 3 vectors of 3 floats");
        assertThatThrownBy(() -> generator(0)).hasMessageContaining("from 1 to 31");
        assertThatThrownBy(() -> new Pool(List.of(image("a"), image("a")), new float[2]))
                .hasMessageContaining("twice");
    }
}
