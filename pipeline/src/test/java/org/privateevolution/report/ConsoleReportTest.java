package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;

class ConsoleReportTest {

    @Test
    void fitsEightyColumnsAndSaysThatItIsOutsideTheGuarantee() {
        String text = ConsoleReport.of(comparison());
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                .isLessThanOrEqualTo(80));
        assertThat(text)
                .startsWith("Real and synthetic data. OUTSIDE THE GUARANTEE: computed from the private" + " data.\n");
        assertThat(text.lines().filter(line -> line.startsWith("age")))
                .containsExactly("age                  0.125  0.063   18 to 24                    60.0%    50.0%");
        assertThat(text).contains("average over columns 0.250", "average over pairs   0.500", "2 pairs");
    }

    @Test
    void noValueReachesTheTerminalAsAControlSequence() {
        assertThat(ConsoleReport.of(comparison()).codePoints().filter(c -> c != '\n'))
                .noneMatch(Character::isISOControl);
    }

    private static MarginalComparison comparison() {
        return new MarginalComparison(
                List.of(
                        new ColumnMarginal(
                                "age",
                                List.of(new Cell("0 to 17", 0.4, 0.5), new Cell("18 to 24", 0.6, 0.5)),
                                0.125,
                                Optional.of(new Numbers("0", "24", 0.0625))),
                        new ColumnMarginal(
                                "an exceedingly long name of a column",
                                List.of(new Cell("\u001B[31m" + "😀".repeat(40) + "\n", 1, 1)),
                                1,
                                Optional.empty())),
                List.of(new LabelMarginal("all", 1, 1, 0.25)),
                0,
                1,
                2,
                0.25,
                OptionalDouble.of(0.5));
    }
}
