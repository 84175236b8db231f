package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationRequest;

/** The prompts in {@code conf/prompts} fill in for the labels of the published settings. */
class ReadyPromptsTest {

    private static final Path FOLDER = Path.of("..", "conf", "prompts");

    private static PromptTemplate prompt(String name) throws IOException {
        return PromptTemplate.parse(Files.readString(FOLDER.resolve(name)), name);
    }

    private static TextPrompts prompts(String setting, Map<String, String> label) throws IOException {
        return new TextPrompts(
                prompt(setting + "-random.json"),
                prompt(setting + "-variation.json"),
                List.of(label),
                PromptVariables.NONE,
                Optional.of(new Blanking(Blanking.Unit.WORD, "_", Schedule.of(0.5))),
                Optional.of(new TargetLength(36, 25, OptionalDouble.of(1.2))),
                OptionalInt.of(448));
    }

    private static String filled(TextPrompts prompts, int seed) {
        GenerationRequest request = seed % 2 == 0
                ? new GenerationRequest.Random("r", 0, new Seed(seed))
                : new GenerationRequest.Variation(
                        "v", new Sample("p", 0, new Text("Some words to vary."), ""), 0, new Seed(seed));
        List<ChatMessage> messages = prompts.request(request).messages();
        assertThat(messages.get(0).role()).isEqualTo("system");
        return messages.get(messages.size() - 1).content();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "3", "5.0"})
    void yelpReviewsFollowCategoryAndRating(String stars) throws IOException {
        TextPrompts prompts = prompts("yelp", Map.of("business_category", "Shopping", "review_stars", stars));
        for (int seed = 0; seed < 40; seed++) {
            assertThat(filled(prompts, seed))
                    .contains("Shopping", stars + " of 5 stars")
                    .doesNotContain("{");
        }
    }

    @Test
    void openReviewReviewsFollowAreaAndRecommendation() throws IOException {
        TextPrompts prompts =
                prompts("openreview", Map.of("area", "optimization", "recommendation", "3: reject, not good enough"));
        for (int seed = 0; seed < 40; seed++) {
            assertThat(filled(prompts, seed)).contains("optimization", "reject").doesNotContain("{");
        }
    }

    @Test
    void pubMedAbstractsNeedNoLabel() throws IOException {
        TextPrompts prompts = prompts("pubmed", Map.of());
        for (int seed = 0; seed < 40; seed++) {
            assertThat(filled(prompts, seed)).contains("medical research").doesNotContain("{");
        }
    }
}
