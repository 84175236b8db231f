package org.privateevolution.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/extending.md} shows is from code that is compiled and tested. */
class ExtendingDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "extending.md");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern PACKAGED = Pattern.compile("`((?:spi\\.)(?:spark\\.)?[A-Z]\\w+)`");

    @Test
    void everyPieceOfCodeStandsInTheExampleOrInATest() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path root : List.of(
                Path.of("..", "examples", "extension", "src"),
                Path.of("src/test/java/org/privateevolution/extension"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.add(withoutBlanks(Files.readString(file)));
                }
            }
        }
        List<String> pieces = JAVA.matcher(Files.readString(DOCUMENT))
                .results()
                .map(piece -> withoutBlanks(piece.group(1)))
                .toList();

        assertThat(pieces).hasSizeGreaterThan(5).allSatisfy(piece -> assertThat(sources)
                .anyMatch(source -> source.contains(piece)));
    }

    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        List<String> named = PACKAGED.matcher(Files.readString(DOCUMENT))
                .results()
                .map(name -> "org.privateevolution." + name.group(1))
                .distinct()
                .toList();

        assertThat(named).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(Class.forName(name))
                .isPublic());
    }
}
