package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ColumnType.Kind;

class TableSchemaTest {

    private final TableSchema schema = new TableSchema(List.of(
            new CategoricalColumn("c", ColumnType.of(Kind.STRING), List.of("a", "b"), true, "b"),
            new NumericColumn("n", ColumnType.decimal(9, 2), 0, 10, false, false)));

    @Test
    void travelsToExecutorsUnchanged() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(schema);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TableSchema copy = (TableSchema) in.readObject();
            assertThat(copy).isEqualTo(schema);
            assertThat(copy.columns().get(0).encode("b")).isEqualTo(1);
        }
    }

    @Test
    void refusesNoColumnsAndEqualNames() {
        assertThatThrownBy(() -> new TableSchema(List.of())).hasMessageContaining("at least one");
        Column column = schema.columns().get(0);
        assertThatThrownBy(() -> new TableSchema(List.of(column, column)))
                .hasMessageContaining("'c' is declared twice");
    }

    @Test
    void refusesARowThatIsNotItsOwnWithoutShowingIt() {
        schema.requireRow(new TableRow(new double[] {TableRow.NULL, 10}));
        assertThatThrownBy(() -> schema.requireRow(new TableRow(new double[] {0})))
                .hasMessage("a row has 1 columns, but the schema declares 2");
        assertThatThrownBy(() -> schema.requireRow(new TableRow(new double[] {0, 10.75})))
                .hasMessageContaining("column 'n'")
                .hasMessageNotContaining("10.75");
        assertThatThrownBy(() -> schema.requireRow(new TableRow(new double[] {0, TableRow.NULL})))
                .hasMessageContaining("column 'n'");
    }
}
