package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privateevolution.jobs.DocumentedCommands.Block;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Checks that every block of commands in the documentation says what executes it, or why nothing does, and that every
 * {@code pe} command parses.
 */
class DocumentedCommandsTest {

    private static final Path CHECKOUT = SparkHome.checkout();
    private static final Pattern EXECUTED = Pattern.compile("<!-- executed by (\\S+) -->");
    private static final Pattern NOT_EXECUTED = Pattern.compile("<!-- not executed: \\S.{7,} -->");
    private static final Pattern NAMED = Pattern.compile("\\w+(?:Test|IT)\\b|(?:scripts|examples)/[\\w/-]+");
    private static final Pattern INLINE = Pattern.compile("`((?:scripts/)?pe [^`]+)`");
    /** A word that the reader replaces, such as EPSILON. */
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+");

    private static final CommandLine PE = Pe.commandLine();

    private final Map<String, String> pages = new TreeMap<>();

    DocumentedCommandsTest() throws IOException {
        for (String root : List.of(".", "docs", "examples", "python")) {
            int depth = root.equals("examples") ? 2 : 1;
            try (Stream<Path> files = Files.walk(CHECKOUT.resolve(root), depth)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".md")).toList()) {
                    pages.put(CHECKOUT.relativize(file.normalize()).toString(), Files.readString(file));
                }
            }
        }
    }

    @Test
    void everyBlockIsExecutedOrSaysWhyNot() {
        List<String> problems = new ArrayList<>();
        pages.forEach((page, markdown) -> DocumentedCommands.blocks(markdown)
                .forEach(block -> problem(page, block).ifPresent(problems::add)));

        assertThat(problems).isEmpty();
        assertThat(pages).containsKeys("README.md", "docs/tutorial.md", "examples/table/README.md");
    }

    @Test
    void everyReasonNamesTestsAndScriptsThatExist() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String root : List.of("pipeline/src/test/java", "jobs/src/test/java")) {
            try (Stream<Path> files = Files.walk(CHECKOUT.resolve(root))) {
                files.forEach(file -> sources.add(file.getFileName().toString()));
            }
        }
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            for (Block block : DocumentedCommands.blocks(page.getValue())) {
                for (Matcher named = NAMED.matcher(block.above()); named.find(); found++) {
                    String name = named.group();
                    if (!sources.contains(name + ".java") && !Files.exists(CHECKOUT.resolve(name))) {
                        missing.add(page.getKey() + ":" + block.line() + ": there is no " + name);
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(20);
    }

    private static Optional<String> problem(String page, Block block) {
        String where = page + ":" + block.line() + ": ";
        Matcher executed = EXECUTED.matcher(block.above());
        if (executed.matches()) {
            return executes(executed.group(1), page, block)
                    ? Optional.empty()
                    : Optional.of(where + executed.group(1) + " does not execute this page");
        }
        return NOT_EXECUTED.matcher(block.above()).matches()
                ? Optional.empty()
                : Optional.of(where + "write above it <!-- executed by SCRIPT --> or <!-- not executed: REASON -->");
    }

    /** Whether a script extracts the blocks of {@code page}, which it names, that are fenced as {@code sh}. */
    private static boolean executes(String script, String page, Block block) {
        try {
            String source = Files.readString(CHECKOUT.resolve(script));
            return block.fenced()
                    && source.contains("```sh")
                    && Stream.of(page.split("/")).allMatch(source::contains);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void everyCommandOfABlockParses() {
        List<String> problems = new ArrayList<>();
        int parsed = 0;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            for (Block block : DocumentedCommands.blocks(page.getValue())) {
                for (List<String> command : block.commands()) {
                    List<String> arguments = peArguments(command);
                    if (!arguments.isEmpty()) {
                        parsed++;
                        try {
                            parse(arguments);
                        } catch (ParameterException e) {
                            problems.add(page.getKey() + ":" + block.line() + ": " + command + ": " + e.getMessage());
                        }
                    }
                    command.stream()
                            .filter(word -> word.startsWith("scripts/") && !Files.exists(CHECKOUT.resolve(word)))
                            .forEach(word -> problems.add(page.getKey() + ":" + block.line() + ": no " + word));
                }
            }
        }

        assertThat(problems).isEmpty();
        assertThat(parsed).isGreaterThan(50);
    }

    private static void parse(List<String> arguments) {
        PE.parseArgs(arguments.stream()
                .map(word -> PLACEHOLDER.matcher(word).matches() ? "1" : word)
                .toArray(String[]::new));
    }

    /**
     * Returns the arguments that a command passes to {@code pe}, directly or through spark-submit; empty if the command
     * does not call {@code pe}.
     */
    private static List<String> peArguments(List<String> command) {
        int name = 0;
        while (name < command.size() - 1 && command.get(name).matches("\\w+=.*")) {
            name++;
        }
        String program = command.get(name);
        int last = command.size();
        if (program.equals("pe") || program.endsWith("scripts/pe")) {
            return command.subList(name + 1, last);
        }
        if (program.endsWith("scripts/submit")) {
            return command.subList(command.indexOf("--") + 1, last);
        }
        if (program.endsWith("spark-submit") && command.contains("org.privateevolution.jobs.Pe")) {
            int jar = name;
            while (!command.get(jar).matches("(?!--).*private-evolution-.*\\.jar")
                    || command.get(jar - 1).equals("--jars")) {
                jar++;
            }
            return command.subList(jar + 1, last);
        }
        return List.of();
    }

    @Test
    void everyOptionInASentenceIsThere() {
        List<String> problems = new ArrayList<>();
        int found = 0;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            for (Matcher inline = INLINE.matcher(page.getValue()); inline.find(); found++) {
                problems.addAll(unknown(inline.group(1)).stream()
                        .map(word -> page.getKey() + ": " + word + " in " + inline.group())
                        .toList());
            }
        }

        assertThat(problems).isEmpty();
        assertThat(found).isGreaterThan(100);
    }

    /** The command and options of a shortened command, such as {@code pe run CONFIG --seeds N}, that do not exist. */
    private static List<String> unknown(String shortened) {
        List<String> unknown = new ArrayList<>();
        CommandLine command = PE;
        String[] words = shortened.split("\\s+");
        if (words.length > 1 && words[1].matches("[a-z-]+") && !words[1].startsWith("-")) {
            command = PE.getSubcommands().get(words[1]);
            if (command == null) {
                return List.of(words[1]);
            }
        }
        for (String word : words) {
            String option = word.replaceAll("^\\[|[\\]=].*|[.,;:]+$", "");
            if (option.matches("--[a-z].*")
                    && !command.getCommandSpec().optionsMap().containsKey(option)) {
                unknown.add(option);
            }
        }
        return unknown;
    }

    @Test
    void aBlockWithoutAWordAndARenamedOptionAreFound() {
        String markdown =
                """
                Text.

                ```sh
                PE_JARS=a.jar pe plan a.yaml --rows 5   # it's a comment
                cat <<'END' > b
                it's no command
                END
                source <(pe budget --epsylon 1) && scripts/submit --master yarn -- run 'a b.yaml' \\
                    --set "x=1 2"
                ```

                <!-- not executed: needs a cluster -->

                    mvn verify

                ```json
                {"pe": "run"}
                ```
                """;
        List<Block> blocks = DocumentedCommands.blocks(markdown);

        assertThat(blocks).extracting(Block::line).containsExactly(4, 14);
        assertThat(problem("docs/a.md", blocks.get(0))).isPresent();
        assertThat(problem("docs/a.md", blocks.get(1))).isEmpty();
        Block named = new Block(1, "<!-- executed by scripts/test-tutorial -->", true, "pe keys");
        assertThat(problem("docs/tutorial.md", named)).isEmpty();
        assertThat(problem("docs/cluster.md", named)).isPresent();
        assertThat(blocks.get(0).commands().stream()
                        .map(DocumentedCommandsTest::peArguments)
                        .filter(words -> !words.isEmpty()))
                .containsExactly(
                        List.of("plan", "a.yaml", "--rows", "5"),
                        List.of("budget", "--epsylon", "1"),
                        List.of("run", "a b.yaml", "--set", "x=1 2"));
        assertThatThrownBy(() -> parse(List.of("budget", "--epsylon", "1"))).isInstanceOf(ParameterException.class);
        assertThat(unknown("pe budget --epsylon 1")).containsExactly("--epsylon");
        assertThat(unknown("pe fly CONFIG")).containsExactly("fly");
    }
}
