package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Setting;
import org.privateevolution.config.Settings;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.StoreException;
import picocli.CommandLine;

class PeTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "command-line.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "run",
                "plan",
                "validate",
                "budget",
                "ledger",
                "sample",
                "evaluate",
                "compare",
                "audit",
                "keys",
                "explain",
                "propose-schema",
                "discover"
            })
    void everyCommandExplainsItself(String command) throws IOException {
        Execution execution = Execution.of(command, "--help");

        assertThat(execution.exitCode()).isZero();
        assertThat(execution.out())
                .startsWith("Usage: pe " + command)
                .contains("Examples:\n  pe " + command)
                .contains("Exit codes:");
        assertThat(execution.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LineWidth.ofPages()));
        assertThat(Files.readString(DOCUMENT)).contains("`pe " + command);
    }

    @Test
    void everyKeyIsListedWithWhatItMeans() {
        Execution execution = Execution.of("keys");

        assertThat(execution.exitCode()).isZero();
        for (Setting<?> setting : Settings.all()) {
            assertThat(execution.out().lines()).contains(setting.path());
        }
        assertThat(execution.out().lines())
                .allMatch(line -> line.length() < 80 || !line.strip().contains(" "));
        assertThat(execution.out()).doesNotContain("`", "](", "&lt;", "&gt;");
    }

    @Test
    void keysAreFoundByAPartOfTheirNames() {
        assertThat(Execution.of("keys", "privacy.adj").out())
                .isEqualTo(
                        """
                        privacy.adjacency
                            add-remove or replace-one [add-remove]
                            Whether neighbouring data sets differ by adding or removing one unit, or by
                            replacing one.
                        """);
        Execution none = Execution.of("keys", "epsylon");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("pe: [PE-100] no key contains 'epsylon'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan", "validate"})
    void helpFitsOntoAScreenAndSaysWhereTheKeysAre(String command) {
        String help = Execution.of(command, "--help").out();

        assertThat(help).contains("`pe keys`");
        assertThat(help.lines()).hasSizeLessThan(60);
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        Execution execution = Execution.of();

        assertThat(execution.exitCode()).isZero();
        assertThat(execution.out()).contains("propose-schema").contains("Exit codes:");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Execution.of("help", "run").out()).startsWith("Usage: pe run");
        assertThat(Execution.of("help").out()).startsWith("Usage: pe ");
    }

    @Test
    void aShellCompletesCommandsAndOptions() throws Exception {
        Path script = Files.writeString(
                folder.resolve("pe.bash"), Execution.of("generate-completion").out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(pe budget --ep); COMP_CWORD=2; _complete_pe; echo ${COMPREPLY[*]}",
                        script.toString())
                .start();

        assertThat(bash.getInputStream()).asString(StandardCharsets.UTF_8).isEqualTo("--epsilon\n");
    }

    @Test
    void aMisspeltCommandNamesTheNearest() {
        Execution execution = Execution.of("budgte");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err())
                .isEqualTo("pe: [PE-100] budgte is not a command; did you mean budget? (see pe --help)\n");
        assertThat(Execution.of("rn").err()).contains("rn is not a command; did you mean run?");
        assertThat(Execution.of("xylophone").err())
                .isEqualTo("pe: [PE-100] xylophone is not a command (see pe --help)\n");
    }

    @Test
    void aMisspeltOptionNamesTheNearest() {
        assertThat(Execution.of("budget", "--epsylon", "1").err())
                .isEqualTo("pe: [PE-100] --epsylon is not an option of pe budget; did you mean --epsilon? (see pe"
                        + " budget --help)\n");
        assertThat(Execution.of("run", "a.yaml", "--qiet").err()).contains("did you mean --quiet?");
        assertThat(Execution.of("plan", "a.yaml", "--xylophone=3").err())
                .contains("--xylophone is not an option of pe plan (see pe plan --help)");
        assertThat(Execution.of("plan", "a.yaml", "b.yaml").err()).contains("b.yaml is one argument too many");
    }

    @Test
    void anOptionThatIsNowhereNearIsNotGuessed() {
        assertThat(Execution.of("run", "a.yaml", "--epsilon", "2").err())
                .contains("it is a setting: give --set privacy.epsilon=VALUE")
                .doesNotContain("did you mean");
        assertThat(Execution.of("run", "a.yaml", "--canaries", "2").err()).contains("pe audit has it");
        assertThat(Execution.of("validate", "a.yaml", "--gflops", "2").err()).contains("pe plan has it");
    }

    @Test
    void wrongValuesAreRefusedInTheProductsOwnWords() {
        String budget = "pe: [PE-100] %s (see pe budget --help)\n";
        assertThat(Execution.of("budget", "--epsilon", "much", "--delta", "1e-5", "--votes", "2")
                        .err())
                .isEqualTo(budget.formatted("--epsilon: much is not a number"));
        assertThat(Execution.of("budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "2.5")
                        .err())
                .isEqualTo(budget.formatted("--votes: 2.5 is not a whole number"));
        assertThat(Execution.of("budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "99999999999")
                        .err())
                .isEqualTo(budget.formatted("--votes: 99999999999 is too large"));
        assertThat(Execution.of("budget", "--epsilon", "1").err())
                .isEqualTo(budget.formatted("--delta D and --votes T are missing"));
        assertThat(Execution.of("budget", "--delta", "1e-5", "--votes", "2").err())
                .isEqualTo(budget.formatted("--epsilon or --noise-multiplier is missing"));
        assertThat(Execution.of("budget", "--votes", "2", "--votes", "3", "--epsilon", "1", "--delta", "0.1")
                        .err())
                .isEqualTo(budget.formatted("--votes is given more than once: give it once"));
        assertThat(Execution.of("run").err()).isEqualTo("pe: [PE-100] CONFIG is missing (see pe run --help)\n");
        assertThat(Execution.of("run", "a.yaml", "--conf", "x").err())
                .isEqualTo("pe: [PE-100] --conf: x is not KEY=VALUE (see pe run --help)\n");
        assertThat(Execution.of("run", "a.yaml", "--seeds").err()).contains("--seeds has no value: give --seeds N");
        assertThat(Execution.of("compare", "a").err()).contains("too few RUN arguments: give at least 2");
    }

    @Test
    void theWidthOfATerminalIsItsVariable() {
        assertThat(LineWidth.of(Map.of("COLUMNS", "100"), 80)).isEqualTo(100);
        assertThat(LineWidth.of(Map.of("COLUMNS", "3"), 80)).isEqualTo(40);
        assertThat(LineWidth.of(Map.of("COLUMNS", "wide"), 80)).isEqualTo(80);
        assertThat(LineWidth.of(Map.of(), 80)).isEqualTo(80);
    }

    @Test
    void onATerminalMessagesAreWrapped() {
        String message =
                "a message that is longer than a line of a terminal ".repeat(3).strip();
        System.setProperty("pe.terminal", "true");
        try {
            String err = reported(new PrivacyException(message), false).err();
            assertThat(err.lines()).hasSizeGreaterThan(1).allSatisfy(line -> assertThat(
                            line.replaceAll("\u001b\\[\\d+m", ""))
                    .hasSizeLessThanOrEqualTo(LineWidth.ofMessages()));
            assertThat(err.lines().skip(1)).allMatch(line -> line.startsWith("    "));
        } finally {
            System.clearProperty("pe.terminal");
        }
        assertThat(reported(new PrivacyException(message), false).err().lines()).hasSize(1);
    }

    @Test
    void aMissingFileNamesTheNearestBesideIt() throws IOException {
        Files.createFile(folder.resolve("customers.yaml"));

        Execution execution =
                Execution.of("plan", folder.resolve("custmers.yml").toString());

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err())
                .startsWith("pe: [PE-102] ")
                .contains("no such file; did you mean " + folder.resolve("customers.yaml") + "?");
        assertThat(Execution.of("plan", folder.resolve("xylophone").toString()).err())
                .contains("no such file: give the path of a configuration");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(Execution.of("--version").out().lines())
                .singleElement()
                .asString()
                .startsWith("pe ");
    }

    @Test
    void everyExitCodeIsDocumentedInTheSameWords() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (String line : ExitCode.lines()) {
            String[] parts = line.split(" {2}", 2);
            assertThat(document).contains("| " + parts[0] + " | " + parts[1] + " |");
        }
    }

    @Test
    void everyKindOfErrorHasItsExitCode() {
        assertThat(reported(new ConfigurationException(List.of("a", "b")), false))
                .isEqualTo(new Execution(2, "", "pe: [PE-101] a\npe: [PE-101] b\n"));
        assertThat(reported(new PrivateDataException("c"), false)).isEqualTo(new Execution(3, "", "pe: [PE-200] c\n"));
        assertThat(reported(new UndeclaredValueException("d"), false))
                .isEqualTo(new Execution(3, "", "pe: [PE-201] d\n"));
        assertThat(reported(new PrivacyException("e"), false)).isEqualTo(new Execution(4, "", "pe: [PE-300] e\n"));
        assertThat(reported(new StoreException("f\n  g"), false)).isEqualTo(new Execution(5, "", "pe: [PE-400] f g\n"));
        assertThat(reported(new GenerationException("h"), false)).isEqualTo(new Execution(6, "", "pe: [PE-500] h\n"));
    }

    @Test
    void aKnownErrorIsFoundAmongTheCauses() {
        Exception wrapped = new IllegalStateException("secret", new RuntimeException(new PrivacyException("spent")));

        assertThat(reported(wrapped, false)).isEqualTo(new Execution(4, "", "pe: [PE-300] spent\n"));
    }

    @Test
    void theMessageOfAnUnforeseenErrorIsNotShown() {
        Execution execution = reported(new IllegalStateException("age 42 of Ms. Secret"), false);

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.err().lines())
                .singleElement()
                .asString()
                .startsWith("pe: [PE-900] internal error, java.lang.");
        assertThat(execution.err()).doesNotContain("Secret");
    }

    @Test
    void theStackTraceIsShownWhereItIsAskedFor() {
        Execution execution = reported(new IllegalStateException("age 42 of Ms. Secret"), true);

        assertThat(execution.err()).contains("Secret").contains("\tat org.privateevolution");
    }

    @Test
    void onATerminalErrorsAreRedUnlessColoursAreUnwanted() {
        System.setProperty("pe.terminal", "true");
        try {
            assertThat(reported(new PrivacyException("e"), false).err()).contains("[PE-300] e");
            assertThat(pe().colours(Map.of())).isTrue();
            assertThat(pe().colours(Map.of("NO_COLOR", ""))).isTrue();
            assertThat(pe().colours(Map.of("NO_COLOR", "1"))).isFalse();
            assertThat(pe().colours(Map.of("TERM", "dumb"))).isFalse();
            assertThat(pe("keys", "epsilon", "--no-color").colours(Map.of())).isFalse();
        } finally {
            System.clearProperty("pe.terminal");
        }
        assertThat(pe().colours(Map.of())).isFalse();
    }

    private static Pe pe(String... arguments) {
        CommandLine commandLine = Pe.commandLine();
        commandLine.parseArgs(arguments);
        return Pe.of(commandLine.getCommandSpec());
    }

    private static Execution reported(Exception e, boolean stacktrace) {
        StringWriter err = new StringWriter();
        int exitCode = Failures.report(e, Pe.commandLine().setErr(new PrintWriter(err)), stacktrace);
        return new Execution(exitCode, "", err.toString());
    }
}
