package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Readers search docs/troubleshooting.md for the message that they see, so it quotes messages as they are written. */
class TroubleshootingDocumentTest {

    /** The line of an entry that quotes messages, such as {@code **`a message ... with values`**}. */
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\*\\*`.*`\\*\\*$");

    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");

    /** A part of a message that is too short to be looked for. */
    private static final int SHORT = 9;

    /** Written by Java itself. */
    private static final String OF_JAVA = "WARNING: Using incubator modules: jdk.incubator.vector";

    @Test
    void messagesAreQuotedAsTheyAreWritten() throws IOException {
        Path checkout = SparkHome.checkout();
        String sources = sources(checkout);
        List<String> unknown = new ArrayList<>();
        int quoted = 0;
        Matcher entry = ENTRY.matcher(Files.readString(checkout.resolve("docs/troubleshooting.md")));
        while (entry.find()) {
            Matcher quote = QUOTE.matcher(entry.group());
            while (quote.find()) {
                for (String part : quote.group(1).split("\\.\\.\\.|VERSION")) {
                    if (part.strip().length() < SHORT || part.equals(OF_JAVA)) {
                        continue;
                    }
                    quoted++;
                    if (!sources.contains(part.strip())) {
                        unknown.add(part.strip());
                    }
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(quoted).isGreaterThan(12);
    }

    /** All sources, with their texts in one piece. */
    private static String sources(Path checkout) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("pipeline/src/main/java", "jobs/src/main/java", "python/private_evolution")) {
            try (Stream<Path> files = Files.walk(checkout.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|py)"))
                        .toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
