package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.SentenceSettings;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

class TextConfigurationTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    private static final String CHAT =
            """
            private_data: {format: parquet, path: in/mails}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3}
            text:
              columns: [text]
              prompts: {random: r.json, variation: v.json}
              chat: {endpoints: [{url: "http://localhost:8000/v1", model: m}]}
            output: {path: out/mails}
            """;

    private static final String FULL =
            """
            private_data: {format: parquet, path: in/mails}
            labels: {column: label, values: [a/1, a/2, b/1]}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3, lookahead: 2, lookahead_self: true}
            text:
              columns: [title, body]
              label_separator: /
              label_variables: [letter, digit]
              embedding:
                {model: "hdfs:///m.onnx", model_sha256: %1$s, tokenizer: t.json, tokenizer_sha256: %1$s, pooling: cls,
                 normalize: false, max_tokens: 77, output: states, column: vector}
              prompts: {random: r.json, random_sha256: %1$s, variation: v.json, variation_sha256: %1$s}
              sampling: {temperature: 1.4, top_p: 0.9, seeded: true, max_completion_tokens: 0}
              blanking: {unit: token, mask: "[MASK]", probabilities: [0.7, 0.5, 0.5]}
              length: {std: 36, min_words: 25, tokens_per_word: 1.2}
              answers: {truncated: reject, min_words: 3, thoughts: keep}
              rejections: {attempts: 5, most_left_out: 0.25}
              chat:
                endpoints:
                  - {service: azure, url: "https://x.example", model: deployment, api_version: 2024-10-21, key_env: KEY}
                  - {url: "http://localhost:1/v1", model: m, key_file: /run/key, answer_limit: max-completion-tokens,
                     parameters: {top_k: 40, stop: "[\\"END\\"]", mode: fast}}
                limits: {concurrency: 64, requests_per_minute: 500, tokens_per_minute: 100000}
                retry: {attempts: 3, first_delay: 0.5, longest_delay: 60, timeout: 30}
                budget: {requests: 1000, money: 12.5}
                prices: {per_million_prompt_tokens: 0.15, per_million_completion_tokens: 0.6, per_answer: 0.001}
            output: {path: out/mails, formats: [jsonl]}
            """
                    .formatted(SHA);

    private static RunSpec parse(String yaml, String... overrides) {
        return RunConfiguration.parse(yaml, "mails.yaml", List.of(overrides));
    }

    private static TextSpec text(RunSpec spec) {
        return (TextSpec) spec.modality();
    }

    @Test
    void textsAreEstimatedWhereNoOtherRuleIsAskedFor() {
        assertThat(RunConfiguration.parse(CHAT, "mails.yaml", List.of())
                        .evolution()
                        .estimates())
                .isTrue();
        for (String rule : List.of(
                "evolution.selection=sample", "evolution.threshold=2", "evolution.rules=[{variation_fold: 2}]")) {
            assertThat(RunConfiguration.parse(CHAT, "mails.yaml", List.of(rule))
                            .evolution()
                            .estimates())
                    .as(rule)
                    .isFalse();
        }
    }

    @Test
    void anEstimateOfTextsReadsBackWithItsRule() {
        RunSpec spec = RunConfiguration.parse(
                CHAT,
                "mails.yaml",
                List.of(
                        "evolution={schedule: [9, 7, 5], selection: estimate, variation_fold: 2, keep_selected: true,"
                                + " lookahead: 3, initial_variation_fold: 1}",
                        "output.weights=true"));

        assertThat(spec.evolution().estimates()).isTrue();
        assertThat(spec.evolution().rules())
                .containsOnly(new RunSpec.PopulationRule(RunSpec.Selection.ESTIMATE, OptionalDouble.empty(), 2, true));
        assertThat(spec.output().rows()).isEqualTo(5);
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "other.yaml", List.of()))
                .isEqualTo(spec);
        // What may change in a run that is extended does not make another one of it.
        RunSpec later = RunConfiguration.parse(
                CHAT,
                "mails.yaml",
                List.of("evolution={schedule: [9, 7, 5, 5], selection: estimate, lookahead: 3,"
                        + " initial_variation_fold: 1}"));
        assertThat(Fingerprint.of(later).identity())
                .isEqualTo(Fingerprint.of(spec).identity());
    }

    @Test
    void aMinimalConfigurationGetsItsDefaults() {
        TextSpec text = text(parse(CHAT));

        PublicFile builtIn = new PublicFile("", Optional.empty());
        assertThat(text.embedding())
                .isEqualTo(new TextSpec.Embedding(
                        builtIn,
                        builtIn,
                        new SentenceSettings(SentenceSettings.Pooling.MEAN, true, 256, ""),
                        Optional.empty()));
        TextSpec.Prompted prompted = (TextSpec.Prompted) text.generator();
        assertThat(prompted.prompts().random()).isEqualTo(new PublicFile("r.json", Optional.empty()));
        assertThat(prompted.sampling())
                .isEqualTo(new Sampling(OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.of(512)));
        assertThat(prompted.prompts().blanking()).isEmpty();
        assertThat(prompted.prompts().length()).isEmpty();
        assertThat(prompted.rejections()).isEqualTo(new RejectionRule(3, 0.1));
        TextSpec.Chat chat = (TextSpec.Chat) prompted.model();
        assertThat(chat.calls().limits()).isEqualTo(Limits.ofConcurrency(16));
        assertThat(chat.calls().retry()).isEqualTo(new Retry(10, 1, 120, 300));
        assertThat(chat.calls().budget()).isEqualTo(EndpointBudget.UNLIMITED);
        assertThat(chat.calls().prices()).isEqualTo(new Prices(0, 0, 0));
    }

    @Test
    void everyKeyIsRead() {
        RunSpec spec = parse(FULL);
        TextSpec text = text(spec);

        assertThat(spec.evolution().lookaheadSelf()).isTrue();
        assertThat(text.columns()).containsExactly("title", "body");
        assertThat(text.outputColumn()).isEqualTo("text");
        assertThat(text.labelParts().orElseThrow().variables()).containsExactly("letter", "digit");
        assertThat(text.embedding())
                .isEqualTo(new TextSpec.Embedding(
                        new PublicFile("hdfs:///m.onnx", Optional.of(SHA)),
                        new PublicFile("t.json", Optional.of(SHA)),
                        new SentenceSettings(SentenceSettings.Pooling.CLS, false, 77, "states"),
                        Optional.of("vector")));
        TextSpec.Prompted prompted = (TextSpec.Prompted) text.generator();
        assertThat(prompted.sampling())
                .isEqualTo(new Sampling(OptionalDouble.of(1.4), OptionalDouble.of(0.9), true, OptionalInt.empty()));
        assertThat(prompted.prompts().blanking())
                .contains(new Blanking(Blanking.Unit.TOKEN, "[MASK]", Schedule.of(0.7, 0.5, 0.5)));
        assertThat(prompted.prompts().length()).contains(new TargetLength(36, 25, OptionalDouble.of(1.2)));
        assertThat(prompted.answers())
                .isEqualTo(new AnswerRules(AnswerRules.Truncated.REJECT, 3, AnswerRules.Thoughts.KEEP));
        TextSpec.Chat chat = (TextSpec.Chat) prompted.model();
        assertThat(chat.endpoints())
                .containsExactly(
                        new ChatEndpoint(
                                new ChatEndpoint.AzureOpenAi("https://x.example", "deployment", "2024-10-21"),
                                new KeySource.Environment("KEY"),
                                ChatEndpoint.AnswerLimit.MAX_TOKENS,
                                Map.of()),
                        new ChatEndpoint(
                                new ChatEndpoint.OpenAiCompatible("http://localhost:1/v1", "m"),
                                new KeySource.SecretFile("/run/key"),
                                ChatEndpoint.AnswerLimit.MAX_COMPLETION_TOKENS,
                                Map.of("top_k", "40", "stop", "[\"END\"]", "mode", "fast")));
        assertThat(chat.calls().budget())
                .isEqualTo(new EndpointBudget(
                        OptionalLong.of(1000), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(12.5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "text={columns: [t], llama: {model: m.gguf}, prompts: {random: r, variation: v}}",
                "text={columns: [t], corpus: {format: csv, path: p, neighbors: [3, 1]}}",
                "text.blanking={probabilities: [0.1]}",
                "text.length={min_words: 3}",
                "text.chat.budget={completion_tokens: 5}"
            })
    void theCanonicalFormReadsBackToTheSameRun(String override) {
        for (RunSpec spec : List.of(parse(CHAT, override), parse(CHAT))) {
            assertThat(parse(CanonicalConfiguration.yaml(spec))).isEqualTo(spec);
            assertThat(parse(CanonicalConfiguration.json(spec))).isEqualTo(spec);
        }
        RunSpec full = parse(FULL);
        assertThat(parse(CanonicalConfiguration.yaml(full))).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.colums=[a] | text.colums: is not a key; did you mean text.columns?",
                "text.chat.endpoints.0.kee_env=X | did you mean text.chat.endpoints.0.key_env?",
                "text.llama={model: m} | exactly one of chat (endpoints), llama",
                "images={column: photo} | text: images is given, too",
                "text.prompts.random= | text.prompts.random is missing",
                "text.embedding={model: m.onnx} | text.embedding.tokenizer is missing",
                "text.embedding={tokenizer: t.json} | it needs text.embedding.model",
                "text.embedding.model_sha256=abc | must be 64 hexadecimal digits",
                "text.blanking={unit: word} | text.blanking.probabilities is missing",
                "text.blanking.probabilities=[0.5, 1.5] | text.blanking.probabilities.1: 1.5 is not allowed",
                "text.label_variables=[a] | it needs text.label_separator",
                "text.chat.endpoints.0.service=azure | text.chat.endpoints.0.api_version is missing",
                "text.chat.endpoints.0.url=http://my_host:80/v1 | ASCII letters, digits, dots and hyphens only",
                "text.chat.endpoints.0.url=http://b\u00fccher/v1 | ASCII letters, digits, dots and hyphens only",
                "text.chat.endpoints.0.url='http://host/a b' | must read http(s)://host[:port][/path]",
                "text.chat.endpoints.0.url=http://host:99999/v1 | a port is at most 65535",
                "text.chat.endpoints.0.url=ftp://x | must read http(s)://host[:port][/path]",
                "text.chat.retry={first_delay: 5, longest_delay: 1} | must not be shorter than first_delay",
                "evolution.lookahead_self=true | it has no effect without evolution.lookahead",
                "text.answers.truncated=cut | text.answers.truncated",
                "text.answers.thoughts=hide | text.answers.thoughts",
                "text.columns=[] | text.columns: is empty",
            })
    void whatIsWrongIsSaidWithItsKey(String override, String message) {
        assertThatThrownBy(() -> parse(CHAT, override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void aKeyInAnAddressIsNotRepeated() {
        assertThatThrownBy(() -> parse(CHAT, "text.chat.endpoints.0.url=http://user:hunter2@x/v1"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void labelsMustHaveAPartForEachVariable() {
        assertThatThrownBy(() -> parse(FULL, "labels.values=[a/1, b]")).hasMessageContaining("'b' has 1 parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.prompts.random=elsewhere.json",
                "text.embedding.model=elsewhere.onnx",
                "text.chat.endpoints.1.url=http://other/v1",
                "text.chat.endpoints.1.key_file=/other",
                "text.chat.endpoints.2={url: 'http://third/v1', model: m, answer_limit: max-completion-tokens,"
                        + " parameters: {top_k: 40, stop: '[\"END\"]', mode: fast}}",
                "text.chat.limits.concurrency=1",
                "text.chat.retry.attempts=2",
                "text.chat.budget.money=13",
                "text.chat.prices.per_answer=1",
                "text.rejections.attempts=2"
            })
    void whatNoAnswerDependsOnMayChangeInAResumedRun(String override) {
        Fingerprint before = Fingerprint.of(parse(FULL));
        Fingerprint after = Fingerprint.of(parse(FULL, override));

        assertThat(after.identity()).isEqualTo(before.identity());
        assertThat(after.full()).isNotEqualTo(before.full());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.columns=[title]",
                "text.label_variables=[letter, number]",
                "text.embedding.model_sha256=1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "text.embedding.tokenizer_sha256=1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "text.embedding.pooling=mean",
                "text.embedding.max_tokens=78",
                "text.embedding.column=other",
                "text.prompts.random_sha256=1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "text.prompts.variation_sha256=1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "text.sampling.temperature=1",
                "text.sampling.max_completion_tokens=9",
                "text.blanking.probabilities=[0.1]",
                "text.length.std=1",
                "text.answers.min_words=1",
                "text.chat.endpoints.0.model=other",
                "text.chat.endpoints.1.parameters.top_k=41",
                "evolution.lookahead_self=false"
            })
    void whatAnswersOrVectorsDependOnMakesAnotherRun(String override) {
        assertThat(Fingerprint.of(parse(FULL, override)).identity())
                .isNotEqualTo(Fingerprint.of(parse(FULL)).identity());
    }
}
