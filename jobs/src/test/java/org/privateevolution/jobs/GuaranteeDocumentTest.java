package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks docs/guarantee.md: the tests that it names exist, and every claim has its row. */
class GuaranteeDocumentTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern CLAIM = Pattern.compile("\\[(\\d+)]");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

    private final String document;
    private final Map<String, String> sources = new TreeMap<>();

    GuaranteeDocumentTest() throws IOException {
        Path checkout = SparkHome.checkout();
        document = Files.readString(checkout.resolve("docs/guarantee.md"));
        for (String module : List.of("pipeline", "jobs")) {
            try (Stream<Path> files = Files.walk(checkout.resolve(module + "/src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Matcher test = TEST.matcher(document); test.find(); named++) {
            if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(40);
    }

    @Test
    void everyClaimHasItsRow() {
        List<String> rows =
                ROW.matcher(document).results().map(row -> row.group(1)).toList();

        assertThat(CLAIM.matcher(document)
                        .results()
                        .map(claim -> claim.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().filter(row -> !row.isEmpty()).toList());
    }
}
