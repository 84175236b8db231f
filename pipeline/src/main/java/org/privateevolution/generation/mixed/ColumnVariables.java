package org.privateevolution.generation.mixed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.privateevolution.generation.tabular.UniformRows;
import org.privateevolution.generation.text.PromptVariables;
import org.privateevolution.generation.text.TextPrompts;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.PublishedValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.GenerationRequest;

/**
 * Prompt variables for a record's columns: each column's value under the column's name, all values together as
 * {@link #COLUMNS}, the name of the text's own column as {@link #TEXT_COLUMN}, and {@link #RATING_LEVEL}. Values are
 * spelt as the configuration declares them. A column with the name of one of {@link TextPrompts#OWN} is in
 * {@link #COLUMNS} only.
 */
public final class ColumnVariables implements PromptVariables {

    /** The labels, if there are any, and all columns that are not null, one {@code name: value} per line. */
    public static final String COLUMNS = "columns";

    /** The name of the text's column. */
    public static final String TEXT_COLUMN = "text_column";

    /** How high the record's rating is, see {@link Rating}: {@code lowest} to {@code highest}, or {@code none}. */
    public static final String RATING_LEVEL = "rating_level";

    private static final String NO_VALUE = "no value";
    private static final String NO_RATING = "none";

    /**
     * Number of random rows that prompts are tried with before the first request, besides one row per declared
     * category.
     */
    private static final int TRIED = 200;

    private final RunSpec.Labels labels;
    private final TableSchema schema;
    private final String textColumn;
    private final RowPlan rows;
    private final Optional<Rating> rating;

    /** @param stated the column with the rating, as in {@link org.privateevolution.model.TextSpec.Beside#rating} */
    public ColumnVariables(RunSpec.Labels labels, TableSchema schema, String textColumn, RowPlan rows, String stated) {
        this.labels = labels;
        this.schema = schema;
        this.textColumn = textColumn;
        this.rows = rows;
        this.rating = rating(labels, schema, stated);
    }

    private static Optional<Rating> rating(RunSpec.Labels labels, TableSchema schema, String stated) {
        return Rating.among(Stream.concat(labels.columns().columns().stream(), schema.declared().stream()), stated);
    }

    /** The column that is taken for a rating because of its name; empty if none is, or the configuration says which. */
    public static Optional<String> guessedRating(RunSpec.Labels labels, TableSchema schema, String stated) {
        return stated.isEmpty() ? rating(labels, schema, stated).map(Rating::column) : Optional.empty();
    }

    @Override
    public Map<String, String> of(GenerationRequest request) {
        return of(request.label(), rows.row(request));
    }

    /** Variables of rows with each category of each column, and of random rows. */
    @Override
    public List<Map<String, String>> examples() {
        UniformRows uniform = new UniformRows(schema);
        RandomGenerator random = new Seed(0).generator();
        List<Map<String, String>> examples = new ArrayList<>();
        for (int n = 0; n < TRIED; n++) {
            examples.add(of(0, uniform.random(0, random)));
        }
        for (int column = 0; column < schema.size(); column++) {
            if (schema.columns().get(column) instanceof CategoricalColumn categorical) {
                for (int code = 0; code < categorical.categories().size(); code++) {
                    double[] codes = uniform.random(0, random).codes();
                    codes[column] = code;
                    examples.add(of(0, new TableRow(codes)));
                }
            }
        }
        return examples;
    }

    /** {@link #COLUMNS} and the names of the columns. */
    @Override
    public Set<String> required() {
        Set<String> names = new HashSet<>(Set.of(COLUMNS));
        schema.declared().stream()
                .map(DeclaredColumn::name)
                .filter(name -> !TextPrompts.OWN.contains(name))
                .forEach(names::add);
        return names;
    }

    private Map<String, String> of(int label, TableRow row) {
        Map<String, String> variables = new HashMap<>();
        List<String> all = new ArrayList<>();
        String level = NO_RATING;
        List<String> ofLabel = labels.columns().columnNames();
        for (int i = 0; i < ofLabel.size(); i++) {
            String value = labels.columns().texts(label).get(i);
            all.add(line(ofLabel.get(i), value));
            level = level(ofLabel.get(i), value).orElse(level);
        }
        int at = 0;
        for (LearntColumn column : schema.declared()) {
            String text = PublishedValue.text(column, row, at);
            // An empty set is as absent as a null.
            boolean isNull = column.isNull(row, at) || (column instanceof SetColumn && text.isEmpty());
            String value = isNull ? NO_VALUE : text;
            at += column.width();
            level = level(column.name(), value).orElse(level);
            if (!TextPrompts.OWN.contains(column.name())) {
                variables.put(column.name(), value);
            }
            if (!isNull) {
                all.add(line(column.name(), value));
            }
        }
        variables.put(COLUMNS, String.join("\n", all));
        variables.put(TEXT_COLUMN, textColumn);
        variables.putIfAbsent(RATING_LEVEL, level);
        return variables;
    }

    private Optional<String> level(String column, String value) {
        return rating.filter(known -> known.column().equals(column)).flatMap(known -> known.level(value));
    }

    private static String line(String name, String value) {
        return name + ": " + value;
    }
}
