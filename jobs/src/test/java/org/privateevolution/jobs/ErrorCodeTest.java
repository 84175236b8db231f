package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Settings;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.StoreException;
import org.privateevolution.spi.UnknownExtensionException;
import picocli.CommandLine;

/**
 * Tests error codes, {@code docs/errors.md} (written first with {@code -Dreference.write=true}) and {@code pe explain}.
 */
class ErrorCodeTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final boolean WRITE = Boolean.getBoolean("reference.write");
    private static final List<Path> SOURCES =
            List.of(Path.of("..", "pipeline", "src", "main", "java"), Path.of("..", "jobs", "src", "main", "java"));
    private static final Pattern THROWABLE = Pattern.compile("class (\\w+)\\s+extends\\s+\\w*(?:Exception|Error)\\b");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** One error per reason of each exception class that may end a command. */
    private static final List<Throwable> ERRORS = Stream.of(
                    Arrays.stream(ConfigurationException.Reason.values())
                            .map(reason -> new ConfigurationException(reason, List.of("a"))),
                    Arrays.stream(PrivateDataException.Reason.values())
                            .map(reason -> new PrivateDataException(reason, "a")),
                    Arrays.stream(PrivacyException.Reason.values()).map(reason -> new PrivacyException(reason, "a")),
                    Arrays.stream(StoreException.Reason.values()).map(reason -> new StoreException(reason, "a")),
                    Arrays.stream(GenerationException.Reason.values())
                            .map(reason -> new GenerationException(reason, "a")),
                    Stream.of(
                            new UndeclaredValueException("a"),
                            new UnknownExtensionException("a"),
                            new ModelException("a")))
            .flatMap(errors -> errors)
            .map(Throwable.class::cast)
            .toList();

    /** Exceptions that another exception replaces before a user sees them. */
    private static final Set<String> TRANSLATED = Set.of(
            "BadFileException",
            "BadImageException",
            "OptionException",
            "UnansweredException",
            "UnreadableImageException",
            "UnsoundRecordException",
            // Only carries the exit code of a command that has already printed its error.
            "CommandFailedException",
            // Carries the code of the server's error to the client.
            "RemoteRunException");

    @Test
    void everyErrorThatReachesTheConsoleHasACode() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    THROWABLE
                            .matcher(Files.readString(file))
                            .results()
                            .map(found -> found.group(1))
                            .forEach(declared::add);
                }
            }
        }
        Set<String> known =
                ERRORS.stream().map(error -> error.getClass().getSimpleName()).collect(Collectors.toSet());

        assertThat(ERRORS).noneMatch(error -> ErrorCode.of(error) == ErrorCode.INTERNAL);
        assertThat(declared)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(known.stream(), TRANSLATED.stream()).toList());
    }

    @Test
    void noTwoReasonsAreToldByOneCode() {
        assertThat(ERRORS.stream().map(ErrorCode::of)).doesNotHaveDuplicates();
    }

    @Test
    void theHundredsOfACodeAreAKindOfError() {
        assertThat(ErrorCode.values()).extracting(ErrorCode::code).isSorted().doesNotHaveDuplicates();
        for (ErrorCode code : ErrorCode.values()) {
            ExitCode expected =
                    switch (code.code().charAt(3)) {
                        case '1', '6' -> ExitCode.USAGE;
                        case '2' -> ExitCode.PRIVATE_DATA;
                        case '3' -> ExitCode.PRIVACY;
                        case '4' -> ExitCode.STORAGE;
                        case '5' -> ExitCode.GENERATION;
                        default -> ExitCode.INTERNAL;
                    };
            assertThat(code.exitCode()).as(code.code()).isEqualTo(expected);
        }
    }

    @Test
    void remediesNameCommandsAndKeysThatExist() {
        Set<String> commands = Pe.commandLine().getSubcommands().keySet();
        for (ErrorCode code : ErrorCode.values()) {
            for (MatchResult found :
                    QUOTED.matcher(code.cause() + code.remedy()).results().toList()) {
                String quoted = found.group(1);
                String[] words = quoted.split(" ");
                if (words[0].equals("pe") && words.length > 1 && !words[1].equals("COMMAND")) {
                    assertThat(commands).contains(words[1]);
                }
                if (quoted.matches("[a-z_]+\\.[a-z_.]+")) {
                    assertThat(Settings.all()).as(code.code()).anyMatch(setting -> setting.path()
                            .startsWith(quoted));
                }
            }
        }
    }

    @Test
    void thePageHasExactlyTheCodes() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder written = new StringBuilder(page.substring(0, page.indexOf("\n## ") + 1));
        for (ErrorCode code : ErrorCode.values()) {
            written.append("## ")
                    .append(code.code())
                    .append(": ")
                    .append(code.title())
                    .append("\n\n")
                    .append(code.cause())
                    .append("\n\n**What to do.** ")
                    .append(code.remedy())
                    .append("\n\nExit code ")
                    .append(code.exitCode().code())
                    .append(".\n\n");
        }
        String expected = written.toString().stripTrailing() + "\n";
        if (WRITE) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).hasContent(expected);
    }

    @Test
    void aCodeIsExplained() {
        Execution explained = Execution.of("explain", "PE-301");

        assertThat(explained.exitCode()).isZero();
        assertThat(explained.out())
                .startsWith("PE-301: " + ErrorCode.BUDGET.title() + "\n")
                .contains("pe ledger PATH --set-budget")
                .endsWith("Exit code 4: " + ExitCode.PRIVACY.meaning() + "\n")
                .doesNotContain("`");
        assertThat(explained.out().lines()).allMatch(line -> line.length() < 80);
        assertThat(Execution.of("explain", "pe-301")).isEqualTo(explained);
        assertThat(Execution.of("explain", "301")).isEqualTo(explained);
    }

    @Test
    void withoutACodeAllAreListed() {
        assertThat(Execution.of("explain").out().lines()).hasSize(ErrorCode.values().length);
    }

    @Test
    void aCodeThatIsNoneNamesTheNearest() {
        Execution unknown = Execution.of("explain", "PE-3O1");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("PE-3O1 is not an error code");
    }

    @Test
    void explainingTakesNoSpark() throws IOException {
        assertThat(Files.readAllLines(Path.of("src", "main", "launcher", "quick.commands")))
                .contains("explain");
        assertThat(new CommandLine(new ExplainCommand()).getCommandName()).isEqualTo("explain");
    }
}
