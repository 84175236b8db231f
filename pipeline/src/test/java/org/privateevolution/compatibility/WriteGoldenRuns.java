package org.privateevolution.compatibility;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.privateevolution.image.Png;
import org.privateevolution.model.Pixels;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.TestSession;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.RunListener;

/**
 * Makes the golden runs of the version that is built, to be committed when it is released and never changed afterwards:
 * {@code mvn test -pl pipeline -Dtest=WriteGoldenRuns -Dgolden.version=0.2.0}. No test by itself.
 */
class WriteGoldenRuns {

    private static final String TABLE =
            """
            name: customers
            seed: 7
            private_data: {format: csv, path: target/golden-runs/NAME/private.csv}
            labels: {column: card, type: string, values: [gold, none]}
            privacy:
              epsilon: 2
              delta: 1e-5
              ledger: target/golden-runs/NAME/ledger
              budget: {epsilon: 9, delta: 1e-5}
            evolution: {schedule: SCHEDULE, selection: estimate}
            tabular:
              columns:
                - {name: country, type: string, categories: [USA, Mexico, Canada]}
                - {name: children, type: integer, min: 0, max: 5, nullable: true}
                - {name: income, type: double, min: 0, max: 90, decimals: 1, special: [0]}
                - {name: born, type: date, min: 1930-01-01, max: 2009-12-31}
            output: {path: target/golden-runs/NAME/results, rows: 40}
            """;

    private static final String CLIENTS =
            """
            name: clients
            seed: 3
            private_data: {format: csv, path: target/golden-runs/NAME/private.csv, client_column: id}
            labels: {column: card, values: [gold, none], fractions: {noisy: {noise_multiplier: 4}}}
            privacy:
              {noise_multiplier: 2, delta: 1e-5, unit: client, adjacency: replace-one,
               ledger: target/golden-runs/NAME/ledger}
            evolution:
              {schedule: [13, 7, 7, 7], selection: rank, variation_fold: 1, keep_selected: true,
               initial_variation_fold: 1, lookahead: 2, lookahead_self: true}
            tabular:
              columns:
                - {name: country, type: string, categories: [USA, Mexico, Canada]}
                - {name: children, type: integer, min: 0, max: 5, nullable: true}
            output: {path: target/golden-runs/NAME/results, formats: [csv]}
            """;

    private static final String CHAT =
            """
            name: mails
            seed: 11
            private_data: {format: json, path: target/golden-runs/NAME/private.jsonl, store: {keep: true}}
            labels: {column: label, values: [ham, spam]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: target/golden-runs/NAME/ledger}
            evolution:
              {schedule: [13, 7, 7], selection: rank, variation_fold: 1, keep_selected: true, initial_variation_fold: 1,
               lookahead: 2, lookahead_self: true}
            text:
              columns: [subject, body]
              prompts: {random: target/golden-runs/NAME/random.json, variation: target/golden-runs/NAME/variation.json}
              sampling: {max_completion_tokens: 64}
              blanking: {probabilities: [0.5, 0.3]}
              length: {std: 3, min_words: 4}
              chat:
                endpoints: [{url: "http://127.0.0.1:9/v1", model: test-model}]
                limits: {concurrency: 4}
                prices: {per_million_prompt_tokens: 0.15, per_million_completion_tokens: 0.6}
            output: {path: target/golden-runs/NAME/results, formats: [jsonl]}
            """;

    private static final String CORPUS =
            """
            name: mails
            seed: 11
            private_data: {format: json, path: target/golden-runs/NAME/private.jsonl}
            labels: {column: label, values: [ham, spam]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: target/golden-runs/NAME/ledger}
            evolution: {schedule: [9, 7, 7], selection: estimate, variation_fold: 1, keep_selected: true}
            text:
              columns: [subject, body]
              corpus:
                {format: json, path: target/golden-runs/NAME/public.jsonl, column: body, label_column: label,
                 neighbors: [3, 2]}
            output: {path: target/golden-runs/NAME/results, formats: [jsonl], rows: 9}
            """;

    private static final String AVATAR =
            """
            name: portraits
            seed: 5
            private_data: {format: image-folder, path: target/golden-runs/NAME/private, partitions: 2}
            labels: {column: label, values: [cats, dogs]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: target/golden-runs/NAME/ledger}
            evolution: {schedule: [13, 7, 7], selection: sample, lookahead: 2, lookahead_self: true}
            images:
              embedding: {width: 5, height: 4}
              avatar: {width: 12, height: 10}
            output: {path: target/golden-runs/NAME/results, formats: [png]}
            """;

    private static final String SERVED =
            """
            name: portraits
            seed: 5
            private_data: {format: image-folder, path: target/golden-runs/NAME/private, partitions: 2}
            labels: {column: label, values: [cats, dogs]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: target/golden-runs/NAME/ledger}
            evolution: {schedule: [9, 5, 5], selection: sample, variation_fold: 1}
            images:
              embedding: {width: 4, height: 4}
              api:
                {protocol: http, endpoints: [{url: "http://127.0.0.1:9"}], width: 4, height: 4, prompts: [a cat, a dog],
                 variation_prompts: [another cat, another dog], degrees: [30, 20], guidance: [7], steps: [5, 4]}
            output: {path: target/golden-runs/NAME/results, formats: [parquet]}
            """;

    private final SparkSession spark = TestSession.spark();
    private final String version = Objects.requireNonNull(System.getProperty("golden.version"), "golden.version");

    @Test
    void write() throws IOException {
        // With few columns, since its estimate is published.
        table("table-estimate-finished", TABLE.replaceAll(".*name: (income|born).*\n", ""), "[20, 20]", "");
        table("table-estimate-stopped", TABLE, "[20, 20, 20, 20, 20, 20]", "vote 4");
        clients("table-rank-stopped");
        chat("text-chat-stopped");
        corpus("text-corpus-stopped");
        avatar("image-avatar-stopped");
        served("image-api-stopped");
    }

    private void table(String name, String configuration, String schedule, String stop) throws IOException {
        GoldenRun run = begin(name, configuration.replace("SCHEDULE", schedule));
        Files.write(run.folder().resolve("private.csv"), customers());
        run(run, stop);
    }

    private void clients(String name) throws IOException {
        GoldenRun run = begin(name, CLIENTS);
        Files.write(run.folder().resolve("private.csv"), customers());
        run(run, "vote 3");
    }

    private static List<String> customers() {
        SplittableRandom random = new SplittableRandom(41);
        List<String> lines = new ArrayList<>(List.of("id,card,country,children,income,born"));
        for (int i = 0; i < 61; i++) {
            lines.add(String.join(
                    ",",
                    "customer-" + random.nextInt(13),
                    random.nextInt(3) == 0 ? "gold" : "none",
                    List.of("USA", "Mexico", "Canada").get(random.nextInt(3)),
                    i % 7 == 0 ? "" : Integer.toString(random.nextInt(6)),
                    i % 5 == 0 ? "0" : Double.toString(random.nextInt(900) / 10.0),
                    "19" + (30 + random.nextInt(70)) + "-0" + (1 + random.nextInt(9)) + "-17"));
        }
        return lines;
    }

    /** Stops in the generation after its first vote, for lack of an answer, with some answers in the journal. */
    private void chat(String name) throws IOException {
        GoldenRun run = begin(name, CHAT);
        Files.write(run.folder().resolve("private.jsonl"), mails(17, "Dear", 5));
        Files.writeString(
                run.folder().resolve("random.json"),
                """
                {"message_template": [{"role": "user", "content": "A {label} mail {voice}."}],
                 "replacement_rules": [{"constraints": {}, "replacements":
                   {"voice": ["kindly", "drily", "at length", "in brief", "with a joke", "with regret"]}}]}""");
        Files.writeString(
                run.folder().resolve("variation.json"),
                """
                {"message_template": [{"role": "user",
                   "content": "Fill in this {label} mail to {word_count} words: {masked_sample}"}],
                 "replacement_rules": []}""");
        // 13 random texts, 13 variations of them and 52 for the lookahead come before the first vote.
        runUntilRefused(run, 82);
    }

    private void runUntilRefused(GoldenRun run, int answers) throws IOException {
        try (Endpoint endpoint = new Endpoint(answers)) {
            assertThatThrownBy(() -> PrivateEvolution.on(spark).run(run.spec(run.endpoints(endpoint))))
                    .isInstanceOf(GenerationException.class);
        }
        run.keep();
    }

    private void corpus(String name) throws IOException {
        GoldenRun run = begin(name, CORPUS);
        Files.write(run.folder().resolve("private.jsonl"), mails(17, "Dear", 5));
        Files.write(run.folder().resolve("public.jsonl"), mails(53, "Somebody", 101));
        run(run, "vote 2");
    }

    private static List<String> mails(int count, String opening, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String body = opening + " "
                    + List.of("Ottilie", "Wenzel", "Mireille", "Lazare").get(random.nextInt(4)) + ", "
                    + List.of("buy cheap watches", "the roof leaks", "a bicycle is gone")
                            .get(random.nextInt(3)) + " for "
                    + random.nextInt(10_000) + " dollars";
            lines.add("{\"label\": \"%s\", \"subject\": \"Matter %d\", \"body\": \"%s\"}"
                    .formatted(i % 3 == 0 ? "spam" : "ham", i, body));
        }
        return lines;
    }

    private void avatar(String name) throws IOException {
        GoldenRun run = begin(name, AVATAR);
        portraits(run);
        run(run, "vote 2");
    }

    /** Stops after the first vote, with some images in the journal. */
    private void served(String name) throws IOException {
        GoldenRun run = begin(name, SERVED);
        portraits(run);
        runUntilRefused(run, 9 + 3);
    }

    private static void portraits(GoldenRun run) throws IOException {
        for (int i = 0; i < 11; i++) {
            byte[] shade = new byte[3 * 4 * 4];
            Arrays.fill(shade, (byte) (20 * i));
            Path file = run.folder().resolve("private/" + (i % 3 == 0 ? "cats" : "dogs") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, Png.encode(new Pixels(4, 4, shade)));
        }
    }

    private GoldenRun begin(String name, String configuration) throws IOException {
        GoldenRun run = new GoldenRun(version, name);
        run.delete();
        Files.createDirectories(run.folder());
        Files.writeString(run.folder().resolve("configuration.yaml"), configuration.replace("NAME", name));
        return run;
    }

    /** @param stop stage before which the run is stopped; empty if it is to be finished */
    private void run(GoldenRun run, String stop) throws IOException {
        RunListener stops = new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                if (!stop.isEmpty() && stage.startsWith(stop)) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
        PrivateEvolution evolution = PrivateEvolution.on(spark).listener(stops);
        if (stop.isEmpty()) {
            evolution.run(run.spec(List.of()));
        } else {
            assertThatThrownBy(() -> evolution.run(run.spec(List.of()))).hasMessage("stopped");
        }
        run.keep();
    }
}
