package org.privateevolution.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The charges in a ledger's folder, whatever else is there. */
final class Charges {

    private Charges() {}

    /** Names of their files; none if there is no such folder. */
    static List<String> in(Path ledger) {
        if (!Files.exists(ledger)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ledger)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("entry-\\d+\\.json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
