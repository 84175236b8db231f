package org.privateevolution.model;

import java.util.List;
import java.util.Map;

/**
 * A child table as a configuration declares it. With a discovery, its columns and the number of rows that count may be
 * left out, and are found.
 *
 * @param name as in {@link ChildTable}, and so are {@code location}, {@code format}, {@code options} and {@code key}
 * @param columns all declared columns, without the key; empty if they are to be found
 * @param locale of names and addresses that are made up
 * @param rows largest number of rows of a client that count; 0 if it is to be found
 * @param order name of the column by which a client's rows are ordered; empty for none
 * @param constraints constraints that every row of the table obeys
 * @param examined names of the columns in which a discovery looks for the table's; empty for all
 */
public record ChildDeclaration(
        String name,
        String location,
        String format,
        Map<String, String> options,
        String key,
        List<DeclaredColumn> columns,
        String locale,
        int rows,
        String order,
        List<Constraint> constraints,
        List<String> examined) {

    public ChildDeclaration {
        options = Map.copyOf(options);
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        examined = List.copyOf(examined);
    }

    /** The declaration of a table of which everything is known. */
    public static ChildDeclaration of(ChildTable table) {
        return new ChildDeclaration(
                table.name(),
                table.location(),
                table.format(),
                table.options(),
                table.key(),
                table.declared(),
                table.generated().locale(),
                table.most(),
                table.order(),
                table.constraints(),
                List.of());
    }

    /** Whether the columns are declared. */
    public boolean knowsColumns() {
        return !columns.isEmpty();
    }

    /** Whether the number of rows that count is declared. */
    public boolean knowsRows() {
        return rows > 0;
    }

    /** Whether the rows are in files of their own. */
    public boolean isApart() {
        return !location.isEmpty();
    }

    /**
     * The table, if everything is declared.
     *
     * @throws IllegalArgumentException if the parts of the declaration do not fit together
     */
    public ChildTable table() {
        return with(columns, rows);
    }

    /**
     * The table with what a discovery has found.
     *
     * @param all the declared or discovered columns, of which at least one is learnt
     * @param most the declared or discovered number of rows
     * @throws IllegalArgumentException if the order is that of no column with numbers or times
     */
    public ChildTable with(List<DeclaredColumn> all, int most) {
        return new ChildTable(
                name,
                location,
                format,
                options,
                key,
                TableSchema.of(LearntColumn.among(all)),
                GeneratedColumns.among(all, locale),
                most,
                order,
                constraints);
    }

    /**
     * Where the private rows are, if they are in files of their own.
     *
     * @param root where the rows of clients are
     */
    public RunSpec.PrivateData source(RunSpec.PrivateData root) {
        return root.inFiles(format, location, options, key);
    }
}
