package org.privateevolution.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;

/** Private mails, a public corpus to draw from, and runs on them. */
final class Mails {

    static final int MAILS = 47;

    private static final List<String> SENDERS =
            List.of("Ottilie", "Wenzel", "Mireille", "Thaddeus", "Ingeborg", "Lazare", "Philippa");
    private static final List<String> MATTERS = List.of(
            "the leaking roof", "a stolen bicycle", "her biopsy", "his overdraft", "the divorce", "a lost tooth");
    private static final List<String> OFFERS = List.of("loans", "watches", "pills", "diplomas", "shares");

    private static final String CORPUS_RUN =
            """
            name: mails
            seed: 11
            private_data: {format: json, path: %s}
            labels: {column: label, values: [ham, spam]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: %3$s/ledger}
            evolution: {schedule: [13, 7, 7], selection: rank, variation_fold: 1, keep_selected: true}
            text:
              columns: [subject, body]
              corpus: {format: json, path: %s, column: body, label_column: label, neighbors: [3, 2]}
            output: {path: %s, formats: [parquet, csv, jsonl]}
            """;

    private static final String CHAT_RUN =
            """
            name: mails
            seed: 11
            private_data: {format: json, path: %s}
            labels: {column: label, values: [ham, spam]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: %5$s/ledger}
            evolution:
              {schedule: [13, 7, 7], selection: rank, variation_fold: 1, keep_selected: true, initial_variation_fold: 1,
               lookahead: 2, lookahead_self: true}
            text:
              columns: [subject, body]
              prompts: {random: %s, variation: %s}
              sampling: {max_completion_tokens: 64}
              blanking: {probabilities: [0.5, 0.3]}
              length: {std: 3, min_words: 4}
              chat:
                endpoints: [{url: "%s/v1", model: test-model}]
                limits: {concurrency: 4}
                prices: {per_million_prompt_tokens: 0.15, per_million_completion_tokens: 0.6}
            output: {path: %s, formats: [parquet, csv, jsonl]}
            """;

    private Mails() {}

    /** Writes the private mails as {@code private.jsonl} and public ones as {@code public.jsonl}; returns the first. */
    static Path write(Path folder) throws IOException {
        Files.write(folder.resolve("public.jsonl"), lines(301, "Somebody", 101));
        return Files.write(folder.resolve("private.jsonl"), lines(MAILS, "Dear", 5));
    }

    /** Bodies of the private mails. */
    static List<String> lines(int count, String opening, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String sender = SENDERS.get(random.nextInt(SENDERS.size()));
            boolean spam = i % 3 == 0;
            String body = spam
                    ? opening + " " + sender + ", buy cheap " + OFFERS.get(random.nextInt(OFFERS.size()))
                            + " today for " + random.nextInt(10_000) + " dollars"
                    : opening + " " + sender + " wrote about " + MATTERS.get(random.nextInt(MATTERS.size()))
                            + " and asked for " + random.nextInt(10_000) + " by Friday noon";
            lines.add("{\"label\": \"%s\", \"subject\": \"%s %d\", \"body\": \"%s\"}"
                    .formatted(spam ? "spam" : "ham", spam ? "Offer" : "Matter", i, body));
        }
        return lines;
    }

    static RunSpec corpusRun(Path mails, Path output, String... overrides) {
        return RunConfiguration.parse(
                CORPUS_RUN.formatted(mails, mails.resolveSibling("public.jsonl"), output),
                "mails.yaml",
                List.of(overrides));
    }

    /** @param url of a chat-completions server, without {@code /v1} */
    static RunSpec chatRun(Path mails, String url, Path output, String... overrides) throws IOException {
        Path random = Files.writeString(
                mails.resolveSibling("random.json"),
                """
                {"message_template": [{"role": "user", "content": "A {label} mail {voice}."}],
                 "replacement_rules": [{"constraints": {}, "replacements":
                   {"voice": ["kindly", "drily", "at length", "in brief", "with a joke", "with regret"]}}]}""");
        Path variation = Files.writeString(
                mails.resolveSibling("variation.json"),
                """
                {"message_template": [{"role": "user",
                   "content": "Fill in this {label} mail to {word_count} words: {masked_sample}"}],
                 "replacement_rules": []}""");
        return RunConfiguration.parse(
                CHAT_RUN.formatted(mails, random, variation, url, output), "mails.yaml", List.of(overrides));
    }
}
