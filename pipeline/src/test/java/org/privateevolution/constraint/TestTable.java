package org.privateevolution.constraint;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.privateevolution.generation.tabular.UniformRows;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.ColumnType.Kind;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.IdPattern;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/** A table with columns of every kind, two labels and a made-up id. */
final class TestTable {

    static final RunSpec.Labels LABELS = new RunSpec.Labels(
            "plan", ColumnType.of(Kind.STRING), List.of("basic", "plus"), new RunSpec.Fractions.Uniform());

    static final RunSpec.Labels NO_LABELS = new RunSpec.Labels(LabelColumns.NONE, new RunSpec.Fractions.Uniform());

    static final List<Column> COLUMNS = List.of(
            number("low", Kind.INTEGER, 0, 40, false),
            number("high", Kind.INTEGER, -10, 30, true),
            new NumericColumn("net", ColumnType.of(Kind.DOUBLE), 0, 100, false, false, 2, List.of()),
            new NumericColumn("tax", ColumnType.decimal(8, 2), 0, 30, true, false),
            new NumericColumn("gross", ColumnType.of(Kind.DOUBLE), 0, 120, false, false, 2, List.of()),
            new NumericColumn("weight", ColumnType.of(Kind.FLOAT), -1, 1, false, false),
            number("start", Kind.DATE, 18_000, 19_000, false),
            number("end", Kind.DATE, 18_000, 19_000, true),
            number("seen", Kind.TIMESTAMP, 1e15, 1.7e15, false),
            new CategoricalColumn(
                    "city", ColumnType.of(Kind.STRING), List.of("Oslo", "Bergen", "Wien", "Graz"), true, null),
            new CategoricalColumn(
                    "country", ColumnType.of(Kind.STRING), List.of("Norway", "Austria", "Italy"), false, null),
            new CategoricalColumn("home", ColumnType.of(Kind.STRING), List.of("Austria", "Norway"), true, null),
            new CategoricalColumn("married", ColumnType.of(Kind.BOOLEAN), List.of(), false, null),
            new CategoricalColumn("stars", ColumnType.of(Kind.INTEGER), List.of("1", "2", "3", "4", "5"), true, null));

    static final TableSchema SCHEMA = new TableSchema(COLUMNS);

    private TestTable() {}

    static NumericColumn number(String name, Kind kind, double min, double max, boolean nullable) {
        return new NumericColumn(name, ColumnType.of(kind), min, max, nullable, false);
    }

    static RunSpec.Tabular table(TableSchema schema, Constraint... constraints) {
        return new RunSpec.Tabular(
                schema,
                new GeneratedColumns(
                        List.of(
                                new GeneratedColumn("id", GeneratedColumn.Kind.ID, IdPattern.parse("K[0-9]{9}")),
                                new GeneratedColumn("name", GeneratedColumn.Kind.NAME, null)),
                        List.of(0, 1),
                        GeneratedColumns.USUAL_LOCALE),
                new RunSpec.Mutation(0.5, 0.01, 0.2, 15),
                Optional.empty(),
                1,
                1,
                List.of(constraints));
    }

    static Constraint[] texts(String... texts) {
        return Arrays.stream(texts).map(Constraint::new).toArray(Constraint[]::new);
    }

    static Constraint mapped(String text, Map<String, String> values) {
        return new Constraint(text, values);
    }

    static Constraints read(String... texts) {
        return Constraints.of(table(SCHEMA, texts(texts)), LABELS);
    }

    static TableRow uniform(RandomGenerator random) {
        return new UniformRows(SCHEMA).random(0, random);
    }

    static Sample sample(int label, TableRow row) {
        return new Sample("s", label, row, "");
    }
}
