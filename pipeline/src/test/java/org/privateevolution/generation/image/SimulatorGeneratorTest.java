package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

class SimulatorGeneratorTest {

    private static final Simulator SIMULATOR = DrawTexts.simulator(DrawTexts.MNIST);

    private static Map<String, Payload> made(List<GenerationRequest> requests) {
        Map<String, Payload> made = new HashMap<>();
        try (SimulatorGenerator generator = new SimulatorGenerator(SIMULATOR)) {
            assertThat(generator.replayable()).isTrue();
            generator.generate(requests, new GenerationSink() {
                @Override
                public void accept(GenerationRequest request, Payload payload) {
                    assertThat(made.put(request.id(), payload)).isNull();
                }

                @Override
                public void reject(GenerationRequest request, String reason) {
                    throw new AssertionError(reason);
                }
            });
        }
        return made;
    }

    private static List<GenerationRequest> requests() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 37; i++) {
            requests.add(new GenerationRequest.Random("r" + i, i % 2, new Seed(i)));
            Sample parent = new Sample("p" + i, i % 2, SIMULATOR.random(i % 2, new Seed(1000 + i)), "");
            requests.add(new GenerationRequest.Variation("v" + i, parent, i % 5, new Seed(i)));
        }
        return requests;
    }

    @Test
    void aSampleIsAFunctionOfItsRequestAlone() {
        List<GenerationRequest> requests = requests();
        Map<String, Payload> made = made(requests);

        Collections.reverse(requests);
        assertThat(made(requests)).isEqualTo(made).hasSize(74);
        assertThat(made.get("r3")).isEqualTo(SIMULATOR.random(1, new Seed(3)));
        GenerationRequest.Variation variation =
                new GenerationRequest.Variation("x", new Sample("p", 0, made.get("r0"), ""), 2, new Seed(5));
        assertThat(made(List.of(variation)).get("x"))
                .isNotEqualTo(made.get("r0"))
                .isEqualTo(made(List.of(variation)).get("x"));
    }

    @Test
    void onlySimulatedImagesAreVaried() {
        GenerationRequest text =
                new GenerationRequest.Variation("v", new Sample("p", 0, new Text("a"), ""), 0, new Seed(1));

        assertThatThrownBy(() -> made(List.of(text))).hasMessageContaining("cannot be a variation of a Text");
    }
}
