package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;

class DiversityTest {

    @Test
    void countsEqualRowsOnceNullsIncluded() {
        List<TableRow> rows = List.of(
                new TableRow(new double[] {1, TableRow.NULL}),
                new TableRow(new double[] {1, TableRow.NULL}),
                new TableRow(new double[] {1, 0}),
                new TableRow(new double[] {0, 1}));
        assertThat(Diversity.distinctShare(rows)).isEqualTo(0.75);
        assertThat(Diversity.distinctShare(List.of(new Text("a"), new Text("a"))))
                .isEqualTo(0.5);
        assertThat(Diversity.distinctShare(List.of())).isEqualTo(0);
    }
}
