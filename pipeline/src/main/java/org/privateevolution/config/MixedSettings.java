package org.privateevolution.config;

import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableModality;
import org.privateevolution.model.TextSpec;

/** The settings of mixed records: the sections of tables and of texts, given together. */
final class MixedSettings {

    private final TabularSettings tabular;
    private final TextSettings text;

    MixedSettings(TabularSettings tabular, TextSettings text) {
        this.tabular = tabular;
        this.text = text;
    }

    /** The role of a private column that either section uses, for messages. */
    String role() {
        return "one of tabular.columns or text.columns; a column has one role";
    }

    /**
     * Reads the specification of mixed records.
     *
     * @param root the section that contains both sections
     * @param labels null if the labels are wrong, which is already among the problems
     * @param data null if the private data are declared wrongly, which is already among the problems
     */
    MixedSpec read(Section root, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data) {
        Section columns = root.open(tabular);
        columns.refuse(tabular.generation, "it is not allowed beside text: the columns are drawn here; take it out");
        if (tabular.discovers(columns)) {
            columns.problem(
                    tabular.discover,
                    "is not allowed beside text, whose prompts may name the columns: declare tabular.columns;"
                            + " `pe discover` drafts them");
        }
        if (columns.has(tabular.children)) {
            columns.problem(
                    tabular.children, "are not allowed beside text: a client has rows, but no text; take one out");
        }
        TableModality read = tabular.read(columns, problems, labels, data);
        Section texts = root.open(text);
        TextSpec written = text.readBeside(texts, labels);
        if (!(read instanceof RunSpec.Tabular table) || written == null) {
            return null;
        }
        String name = written.outputColumn();
        if (Stream.concat(
                        table.schema().declared().stream().map(DeclaredColumn::name),
                        table.generated().names().stream())
                .anyMatch(name::equalsIgnoreCase)) {
            texts.conflict(text.columns, name + " is one of tabular.columns, too: a column has one role");
            return null;
        }
        String rating = written.beside().orElseThrow().rating();
        if (labels != null && !rating.isEmpty() && !rating.equals(TextSpec.Beside.NO_RATING)) {
            boolean numbers = Stream.concat(table.schema().declared().stream(), labels.columns().columns().stream())
                    .filter(column -> column.name().equals(rating))
                    .anyMatch(MixedSettings::holdsNumbers);
            if (!numbers) {
                texts.open(text.beside)
                        .conflict(
                                text.beside.rating,
                                rating + " is no column of numbers: name one of tabular.columns, or set none");
            }
        }
        return new MixedSpec(table, written);
    }

    private static boolean holdsNumbers(LearntColumn column) {
        return column instanceof NumericColumn
                || (column instanceof CategoricalColumn listed
                        && listed.categories().stream().allMatch(value -> value.matches("-?\\d+(\\.\\d+)?")));
    }
}
