package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.report.RunReport.Table;

class RunReportTest {

    private final TableSchema schema = new TableSchema(List.of(
            new CategoricalColumn("c", ColumnType.parse("string"), List.of("x", "y"), true, null),
            new NumericColumn("d", ColumnType.parse("date"), 0, 1_000, false, false)));

    @Test
    void rowsComeFromAllOverTheSamplesAndSoFromEachLabel() {
        List<Sample> samples = IntStream.range(0, 1_009)
                .mapToObj(i -> sample(i, i / 253, 1, i % 1_000))
                .toList();
        Table table = Table.of(schema, "label", List.of("a", "b", "c", "d"), samples);
        assertThat(table.columns()).containsExactly("label", "c", "d");
        assertThat(table.rows()).hasSize(16).doesNotHaveDuplicates();
        assertThat(table.rows()).extracting(row -> row.get(0)).contains("a", "b", "c", "d");
        assertThat(table.rows().get(0)).containsExactly("a", "y", "1970-01-01");
        assertThat(table.totalRows()).isEqualTo(1_009);
    }

    @Test
    void aNullIsNotAnEmptyTextAndAnUnlabelledTableHasNoLabelColumn() {
        Table table = Table.of(schema, "", List.of("all"), List.of(sample(0, 0, TableRow.NULL, 1)));
        assertThat(table.columns()).containsExactly("c", "d");
        assertThat(table.rows()).containsExactly(Arrays.asList(null, "1970-01-02"));
    }

    @Test
    void fewSamplesAreShownOnceEach() {
        List<Sample> samples =
                IntStream.range(0, 3).mapToObj(i -> sample(i, 0, 0, i)).toList();
        assertThat(Table.of(schema, "", List.of("all"), samples).rows())
                .extracting(row -> row.get(1))
                .containsExactly("1970-01-01", "1970-01-02", "1970-01-03");
        assertThat(Table.of(schema, "", List.of("all"), List.of()).rows()).isEmpty();
    }

    @Test
    void refusesSamplesAndRowsThatDoNotFit() {
        assertThatThrownBy(() -> Table.of(schema, "", List.of("all"), List.of(new Sample("s", 0, new Text("t"), ""))))
                .hasMessageContaining("sample s is not a table row");
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1")), 1))
                .hasMessageContaining("1 cells does not fit under 2 columns");
    }

    private static Sample sample(int id, int label, double... codes) {
        return new Sample("s" + id, label, new TableRow(codes), "");
    }
}
