package org.privateevolution.generation.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.RunListener;

/** Generators and requests for tests; no two requests lead to the same prompt. */
final class TextGenerators {

    static final Prices PRICES = new Prices(0.15, 0.6, 0);
    static final Retry RETRY = new Retry(12, 0.005, 5, 3);

    private TextGenerators() {}

    static ChatEndpoint endpoint(String url) {
        return new ChatEndpoint(
                new ChatEndpoint.OpenAiCompatible(url + "/v1", "test-model"),
                new KeySource.None(),
                ChatEndpoint.AnswerLimit.MAX_TOKENS,
                Map.of());
    }

    static HttpChatModel model(List<String> urls, int concurrency, Retry retry, EndpointBudget budget) {
        return new HttpChatModel(
                urls.stream().map(TextGenerators::endpoint).toList(),
                Sampling.OF_THE_MODEL,
                new CallPolicy(Limits.ofConcurrency(concurrency), retry, budget, PRICES));
    }

    static TextGenerator generator(ChatModel model) {
        return new TextGenerator(
                model,
                prompts(),
                new AnswerRules(AnswerRules.Truncated.REJECT, 2, AnswerRules.Thoughts.REMOVE),
                new RunListener() {},
                Duration.ofDays(1));
    }

    static TextPrompts prompts() {
        return new TextPrompts(
                PromptTemplate.parse(
                        """
                        {"message_template": [{"role": "user", "content": "A text about {topic}."}]}""",
                        "random.json"),
                PromptTemplate.parse(
                        """
                        {"message_template": [
                           {"role": "system", "content": "You are {voice}."},
                           {"role": "user", "content": "Vary: {sample}"}],
                         "replacement_rules": [
                           {"constraints": {}, "replacements": {"voice": ["brief", "wordy", "kind"]}}]}""",
                        "variation.json"),
                List.of(Map.of("topic", "trains"), Map.of("topic", "boats")),
                PromptVariables.NONE,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(64));
    }

    static List<GenerationRequest> requests(int count) {
        return IntStream.range(0, count)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Variation(
                        "v" + i, new Sample("p" + i, i % 2, new Text("Text number " + i + "."), ""), 0, new Seed(i)))
                .toList();
    }
}
