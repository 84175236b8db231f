package org.privateevolution.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.image.Png;

/** Configurations and data for tests. */
final class Inputs {

    private Inputs() {}

    /** An executable that prints its arguments, one per line, in place of a real one. */
    static Path echo(Path executable) throws IOException {
        Files.createDirectories(executable.getParent());
        write(executable, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
        return Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Path configuration(Path folder) {
        return write(
                folder.resolve("people.yaml"),
                """
                private_data: {format: csv, path: %s}
                labels: {column: card, values: [gold, plain], fractions: {gold: 0.3, plain: 0.7}}
                privacy: {epsilon: 2, delta: 1e-4}
                evolution:
                  samples: 23
                  votes: 3
                  rules:
                    - {votes: 1, selection: sample, threshold: 0}
                    - {selection: rank, variation_fold: 2, keep_selected: true}
                tabular:
                  columns:
                    - {name: country, type: string, categories: [USA, Mexico, NO]}
                    - {name: age, type: integer, min: 0, max: 110}
                    - {name: born, type: date, min: 1900-01-01, max: 2020-12-31, nullable: true}
                output: {path: %s}
                """
                        .formatted(folder.resolve("people.csv"), folder.resolve("out")));
    }

    /** 211 people: a prime number, some without a date. */
    static Path people(Path folder) {
        String[] countries = {"USA", "Mexico", "NO"};
        List<String> lines = new ArrayList<>(List.of("id,country,age,born,card,note"));
        for (int i = 0; i < 211; i++) {
            lines.add(String.join(
                    ",",
                    Integer.toString(i),
                    countries[i % 3],
                    Integer.toString(20 + i % 61),
                    i % 7 == 0 ? "" : "%04d-%02d-%02d".formatted(1930 + i % 80, 1 + i % 12, 1 + i % 28),
                    i % 4 == 0 ? "gold" : "plain",
                    "note " + i));
        }
        return write(folder.resolve("people.csv"), String.join("\n", lines) + "\n");
    }

    /** A run on texts that needs no model. */
    static Path textConfiguration(Path folder) {
        List<String> privateTexts = new ArrayList<>();
        List<String> publicTexts = new ArrayList<>();
        for (int i = 0; i < 61; i++) {
            String label = i % 2 == 0 ? "gold" : "plain";
            String note = " note number %d of a customer with a %s card".formatted(i, label);
            privateTexts.add("{\"card\": \"%s\", \"note\": \"Private%s\"}".formatted(label, note));
            publicTexts.add("{\"card\": \"%s\", \"note\": \"Public%s\"}".formatted(label, note));
        }
        write(folder.resolve("private.jsonl"), String.join("\n", privateTexts));
        write(folder.resolve("public.jsonl"), String.join("\n", publicTexts));
        return write(
                folder.resolve("texts.yaml"),
                """
                private_data: {format: json, path: %1$s/private.jsonl}
                labels: {column: card, values: [gold, plain]}
                privacy: {epsilon: 2, delta: 1e-4}
                evolution: {samples: 11, votes: 2, selection: rank, keep_selected: true}
                text:
                  columns: [note]
                  corpus: {format: json, path: %1$s/public.jsonl, column: note, label_column: card}
                evaluation: {private_metrics: true}
                output: {path: %1$s/texts-out}
                """
                        .formatted(folder));
    }

    /** A run on portraits, four per owner, whose guarantee is per owner. */
    static Path imageConfiguration(Path folder) throws IOException {
        Path portraits = Files.createDirectories(folder.resolve("portraits"));
        StringBuilder owners = new StringBuilder("file,owner\n");
        for (int i = 0; i < 131; i++) {
            Files.write(portraits.resolve(i + ".png"), Png.encode(Portraits.portrait(i)));
            owners.append(i + ".png,owner-" + i / 4 + "\n");
        }
        write(folder.resolve("owners.csv"), owners.toString());
        return write(
                folder.resolve("images.yaml"),
                """
                private_data: {format: image-folder, path: %1$s/portraits, client_column: owner}
                privacy: {unit: client, epsilon: 4, delta: 1e-4}
                evolution: {samples: 47, votes: 1}
                images:
                  labels_file: %1$s/owners.csv
                  embedding: {width: 4, height: 4}
                  avatar: {width: 11, height: 11}
                output: {path: %1$s/images-out, formats: [png]}
                """
                        .formatted(folder));
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
