package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final StringWriter err = new StringWriter();
    private long nanos;

    private ConsoleProgress progress(boolean bar) {
        return new ConsoleProgress(new PrintWriter(err), bar, () -> nanos);
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Test
    void withoutATerminalEachStageIsOneLine() {
        try (ConsoleProgress progress = progress(false)) {
            progress.stageStarted("initial population", 1009);
            pass(Duration.ofMillis(1500));
            progress.stageProgressed(500);
            progress.stageStarted("vote 1 of 14", 0);
            progress.notice("no candidate passed");
        }

        assertThat(err.toString().lines())
                .containsExactly(
                        "     0.0 s  initial population",
                        "     1.5 s  vote 1 of 14",
                        "     1.5 s  no candidate passed");
    }

    @Test
    void onATerminalTheBarFollowsTheVotesAndCountsSteps() {
        try (ConsoleProgress progress = progress(true)) {
            progress.stageStarted("vote 8 of 14", 0);
            pass(Duration.ofSeconds(2));
            progress.stageStarted("population 8", 2003);
            pass(Duration.ofSeconds(1));
            progress.stageProgressed(1009);
        }

        String[] drawn = err.toString().split("\r", -1);
        assertThat(drawn[1]).startsWith("[##########..........]    0 s  vote 8 of 14 ");
        assertThat(drawn[2]).startsWith("[##########..........]    2 s  population 8  0/2,003 ");
        assertThat(drawn[3]).startsWith("[##########..........]    3 s  population 8  1,009/2,003 ");
        assertThat(drawn[4]).isBlank();
        assertThat(err.toString()).doesNotContain("\n").endsWith("\r");
    }

    @Test
    void theClockGoesOnWhereNothingElseDoes() {
        try (ConsoleProgress progress = progress(true)) {
            progress.tick();
            progress.stageStarted("reading and embedding the private records", 7);
            progress.stageProgressed(3);
            pass(Duration.ofSeconds(54));
            progress.tick();
            progress.done();
            progress.tick();
        }

        String[] drawn = err.toString().split("\r", -1);
        assertThat(drawn[1])
                .startsWith("[....................]    0 s  reading and embedding the private records" + "  0/7 ");
        assertThat(drawn[2])
                .startsWith("[....................]   54 s  reading and embedding the private records" + "  3/7 ");
        assertThat(drawn[3]).isBlank();
        assertThat(drawn[4]).isEqualTo("    54.0 s  done" + System.lineSeparator());
        assertThat(drawn).hasSize(5);
    }

    @Test
    void theBarFitsIntoEightyColumns() {
        try (ConsoleProgress progress = progress(true)) {
            progress.stageStarted("x".repeat(300), 7);
        }

        assertThat(err.toString().split("\r", -1)).allMatch(line -> line.length() < 80);
    }

    @Test
    void theBarIsNotRedrawnForEveryStep() {
        try (ConsoleProgress progress = progress(true)) {
            progress.stageStarted("population 1", 1009);
            for (int done = 1; done <= 1009; done++) {
                pass(Duration.ofMillis(1));
                progress.stageProgressed(done);
            }
        }

        assertThat(err.toString().split("\r", -1)).hasSizeLessThan(15).hasSizeGreaterThan(8);
    }

    @Test
    void aLongNoticeIsBrokenWhereTheTerminalEnds() {
        System.setProperty("pe.terminal", "true");
        try (ConsoleProgress progress = progress(true)) {
            progress.notice("careful ".repeat(30).strip());
        } finally {
            System.clearProperty("pe.terminal");
        }

        assertThat(err.toString().lines())
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LineWidth.USUAL))
                .allSatisfy(line -> assertThat(line.indexOf("careful")).isEqualTo(12));
    }

    @Test
    void aNoticeTakesTheBarsPlace() {
        try (ConsoleProgress progress = progress(true)) {
            progress.stageStarted("vote 1 of 2", 0);
            progress.notice("careful");
        }

        assertThat(err.toString()).endsWith("\r     0.0 s  careful" + System.lineSeparator());
    }
}
