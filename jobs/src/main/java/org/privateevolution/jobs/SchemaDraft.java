package org.privateevolution.jobs;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.source.Draftable;
import org.privateevolution.spark.source.PrivateDataException;

/**
 * Drafts a configuration by reading the private data. The draft contains values of the private data, so it is not
 * private.
 */
final class SchemaDraft {

    /** Printed with every draft. */
    static final List<String> WARNING = List.of(
            "WARNING: this draft is NOT private. Its categories, bounds, decimals, special",
            "values, labels and numbers of rows were read from the private data. Replace",
            "them with public knowledge (a data dictionary, a code list, a physical limit)",
            "before you run or share it. What stays as it was read is outside the guarantee",
            "of every run.");

    private final Callable<Draftable> source;
    private final DraftFrame frame;
    private final String label;
    private final int maxCategories;

    /**
     * Creates a draft for data at a location, without reading them yet.
     *
     * @param frame names the data
     * @param label column to condition on; null for none
     */
    SchemaDraft(SparkSession spark, DraftFrame frame, String label, int maxCategories) {
        this(
                () -> Draftable.open(spark, frame.format(), frame.location(), frame.options()),
                frame,
                label,
                maxCategories);
    }

    /** Creates a draft for a DataFrame, under the name that {@code frame} gives it. */
    SchemaDraft(Dataset<Row> rows, DraftFrame frame, String label, int maxCategories) {
        this(() -> Draftable.of(rows), frame, label, maxCategories);
    }

    private SchemaDraft(Callable<Draftable> source, DraftFrame frame, String label, int maxCategories) {
        this.source = source;
        this.frame = frame;
        this.label = label;
        this.maxCategories = maxCategories;
    }

    /**
     * The draft as YAML.
     *
     * @throws PrivateDataException if the data cannot be read, or no column can be declared
     */
    String yaml() {
        return DraftReading.of(frame.format(), frame.location(), () -> {
            ColumnsDraft columns =
                    ColumnsDraft.of(source.call(), new ColumnsDraft.Of(frame.location(), label, true, maxCategories));
            return String.join(
                    "",
                    warning(),
                    frame.privateData(),
                    columns.labels(),
                    frame.privacy(),
                    "tabular:\n  columns:\n",
                    columns.columns(Set.of()),
                    DraftFrame.CONSTRAINTS,
                    frame.rows());
        });
    }

    /** The warning as a comment of YAML. */
    static String warning() {
        return WARNING.stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
    }
}
