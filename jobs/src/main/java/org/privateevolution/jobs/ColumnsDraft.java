package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.discovery.TellingName;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.SetColumn;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.Draftable;
import org.privateevolution.spark.source.PrivateDataException;

/** Drafts the columns of one table by reading it. The draft holds values of the table. */
final class ColumnsDraft {

    private static final int MOST_DECIMALS = 6;

    /** The most that tabular.children[].rows allows. */
    private static final long MOST_ROWS = 1_000;

    /** Number of aggregates per column. */
    private static final int AGGREGATES = 7;

    /** Smallest share of the records for a number to be drafted as special. */
    private static final double SPECIAL_SHARE = 0.05;

    /** A special number is also at least this many times as frequent as the column's average value. */
    private static final double SPECIAL_TIMES = 3;

    /** Names of columns that identify records, or what records belong to. */
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?i)(^|[ _.-])(id|key|uuid|guid|identifier)$|(?-i:[a-z](Id|ID|Key)$)");

    /** An approximate count of different values reaches this share of the exact one. */
    private static final double NEARLY_ALL = 0.8;
    /** Smallest number of distinct whole numbers that are drafted as ids if the column's name says so. */
    private static final int LEAST_IDS = 100;

    private static final String EMAIL_PATTERN = "^[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}$";

    private static final String DATE_PATTERN = "^\\d{4}-\\d{2}-\\d{2}$";

    /** The first day that a run can represent. */
    private static final String FIRST_DAY = "0001-01-01";

    private final Dataset<Row> data;
    private final Map<String, String> unreadable;
    private final Of of;
    private final List<Summary> summaries;

    /**
     * What is drafted.
     *
     * @param location names the table in errors
     * @param label column to condition on; null for none
     * @param setsAllowed whether columns of sets may be declared
     */
    record Of(String location, String label, boolean setsAllowed, int maxCategories) {}

    private ColumnsDraft(Dataset<Row> data, Map<String, String> unreadable, Of of) {
        this.data = data;
        this.unreadable = unreadable;
        this.of = of;
        this.summaries = summaries(data);
    }

    /**
     * Reads a table.
     *
     * @throws ConfigurationException if it does not have the label
     */
    static ColumnsDraft of(Draftable draftable, Of of) {
        Dataset<Row> data = keysAsColumns(draftable.columns(), of.maxCategories());
        requireLabel(data, draftable.unreadable(), of.label());
        return new ColumnsDraft(data, draftable.unreadable(), of);
    }

    private static void requireLabel(Dataset<Row> data, Map<String, String> unreadable, String label) {
        if (label == null) {
            return;
        }
        if (unreadable.containsKey(label)) {
            throw new ConfigurationException(List.of("--label: column " + label + " " + unreadable.get(label)));
        }
        List<String> names = Arrays.asList(data.columns());
        if (!names.contains(label)) {
            throw new ConfigurationException(List.of("--label: the data has no column " + label
                    + NearestKey.close(label, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; they have " + String.join(", ", names))));
        }
    }

    /** Puts the values of a map's keys in its place, unless it has too many keys for a column each. */
    private static Dataset<Row> keysAsColumns(Dataset<Row> rows, int maxCategories) {
        if (Arrays.stream(rows.schema().fields()).noneMatch(field -> field.dataType() instanceof MapType)) {
            return rows;
        }
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column column = column(rows, field.name());
            List<String> keys = List.of();
            if (field.dataType() instanceof MapType map && map.keyType().equals(DataTypes.StringType)) {
                keys = values(
                        rows.select(
                                functions.explode(functions.map_keys(column)).as(field.name())),
                        field.name(),
                        maxCategories + 1);
            }
            if (keys.isEmpty() || keys.size() > maxCategories) {
                columns.add(column.as(field.name()));
                continue;
            }
            for (String key : keys) {
                columns.add(functions.try_element_at(column, functions.lit(key)).as(field.name() + "." + key));
            }
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /**
     * A summary of one column.
     *
     * @param type null if a column of this type cannot be declared
     * @param text whether the column is stored as text, whatever the text contains
     * @param min null if the column has no value
     * @param decimals largest number of decimal places; more than {@link #MOST_DECIMALS} are not counted
     * @param values number of values that are not null
     * @param different approximate number of distinct values
     */
    private record Summary(
            String name,
            ColumnType type,
            boolean text,
            boolean nulls,
            Object min,
            Object max,
            int decimals,
            long values,
            long different) {

        boolean wholeNumbers() {
            return type.kind().integral() || decimals == 0;
        }

        boolean empty() {
            return min == null;
        }
    }

    /** Summarises all columns in one pass over the data. */
    private static List<Summary> summaries(Dataset<Row> data) {
        List<Column> aggregates = new ArrayList<>();
        for (StructField field : data.schema().fields()) {
            Column column = column(data, field.name());
            DataType type = field.dataType();
            Column value = column;
            Column missing = column.isNull();
            if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
                Column finite =
                        functions.abs(column).lt(Double.POSITIVE_INFINITY).and(functions.not(functions.isnan(column)));
                value = functions.when(finite, column);
                missing = missing.or(functions.isnan(column));
            }
            boolean ordered = Draftable.type(type) != null;
            aggregates.add(functions.coalesce(functions.bool_or(missing), functions.lit(false)));
            aggregates.add(ordered ? functions.min(value) : functions.lit(null));
            aggregates.add(ordered ? functions.max(value) : functions.lit(null));
            aggregates.add(
                    type.equals(DataTypes.StringType)
                            ? functions.bool_and(functions.when(
                                    column.isNotNull(),
                                    column.rlike(DATE_PATTERN).and(isDay(column))))
                            : functions.lit(false));
            aggregates.add(
                    type.equals(DataTypes.DoubleType)
                            ? functions.max(decimals(value))
                            : functions.lit(MOST_DECIMALS + 1));
            aggregates.add(functions.count(value));
            aggregates.add(ordered ? functions.approx_count_distinct(value) : functions.lit(0L));
        }
        Row row = data.agg(
                        aggregates.get(0),
                        aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .head();
        List<Summary> summaries = new ArrayList<>();
        for (int i = 0; i < data.schema().fields().length; i++) {
            StructField field = data.schema().fields()[i];
            boolean dates = !row.isNullAt(AGGREGATES * i + 3) && row.getBoolean(AGGREGATES * i + 3);
            ColumnType type = dates ? ColumnType.of(ColumnType.Kind.DATE) : Draftable.type(field.dataType());
            summaries.add(new Summary(
                    field.name(),
                    type,
                    field.dataType().equals(DataTypes.StringType),
                    row.getBoolean(AGGREGATES * i),
                    row.get(AGGREGATES * i + 1),
                    row.get(AGGREGATES * i + 2),
                    row.isNullAt(AGGREGATES * i + 4) ? MOST_DECIMALS + 1 : row.getInt(AGGREGATES * i + 4),
                    row.getLong(AGGREGATES * i + 5),
                    row.getLong(AGGREGATES * i + 6)));
        }
        return summaries;
    }

    private static Column isDay(Column text) {
        Column day = text.try_cast(DataTypes.DateType);
        return functions.coalesce(day.geq(functions.lit(FIRST_DAY).cast(DataTypes.DateType)), functions.lit(false));
    }

    /** How many digits a number has after its point, up to one more than {@link #MOST_DECIMALS}; null for null. */
    private static Column decimals(Column value) {
        Column decimals = functions.lit(MOST_DECIMALS + 1);
        for (int digits = MOST_DECIMALS; digits >= 0; digits--) {
            decimals = functions
                    .when(functions.round(value, digits).equalTo(value), digits)
                    .otherwise(decimals);
        }
        return functions.when(value.isNotNull(), decimals);
    }

    /** The section {@code labels}; empty if there is no label. */
    String labels() {
        return summaries.stream()
                .filter(summary -> summary.name().equals(of.label()))
                .findFirst()
                .map(summary -> labels(data, summary))
                .orElse("");
    }

    /** Whether a column has only dates or timestamps. */
    boolean isTime(String name) {
        return summaries.stream()
                .anyMatch(summary -> summary.name().equals(name)
                        && summary.type() != null
                        && summary.type().kind().temporal());
    }

    List<String> names() {
        return summaries.stream().map(Summary::name).toList();
    }

    /** Whether every row has a value in a column, and all of them differ. */
    boolean isKey(String name) {
        Column column = column(data, name);
        Row counts = data.agg(
                        functions.count(functions.lit(1)), functions.count(column), functions.count_distinct(column))
                .head();
        return counts.getLong(0) == counts.getLong(1) && counts.getLong(0) == counts.getLong(2);
    }

    /** The columns that have one value, or none, in all rows with the same value in another column. */
    Set<String> following(String name) {
        List<String> others =
                names().stream().filter(other -> !other.equals(name)).toList();
        if (others.isEmpty()) {
            return Set.of();
        }
        // A struct is never null, so that a null counts as a value.
        Column[] values = others.stream()
                .map(other -> functions
                        .count_distinct(functions.struct(column(data, other)))
                        .as(other))
                .toArray(Column[]::new);
        Dataset<Row> counted =
                data.groupBy(column(data, name)).agg(values[0], Arrays.copyOfRange(values, 1, values.length));
        Column[] most = others.stream()
                .map(other -> functions.max(counted.col(Columns.quoted(other))))
                .toArray(Column[]::new);
        Row row = counted.agg(most[0], Arrays.copyOfRange(most, 1, most.length)).head();
        return IntStream.range(0, others.size())
                .filter(i -> row.isNullAt(i) || row.getLong(i) <= 1)
                .mapToObj(others::get)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The number of rows, at most 1,000, that 95 % of the values of a column do not exceed; at least 1. */
    long usualRows(String name) {
        Row usual = data.where(column(data, name).isNotNull())
                .groupBy(column(data, name))
                .agg(functions.count(functions.lit(1)).as("rows"))
                .agg(functions.percentile_approx(functions.col("rows"), functions.lit(0.95), functions.lit(10_000)))
                .head();
        return usual.isNullAt(0) ? 1 : Math.min(MOST_ROWS, usual.getLong(0));
    }

    /**
     * The entries of {@code columns}, in lines, followed by comments on columns that are left out.
     *
     * @param elsewhere columns that are declared elsewhere
     * @throws PrivateDataException if no column can be learnt
     */
    String columns(Set<String> elsewhere) {
        List<String> leftOut = new ArrayList<>();
        unreadable.forEach((name, reason) -> leftOut.add("  # left out: " + quoted(name) + ", which " + reason + "\n"));
        StringBuilder columns = new StringBuilder();
        boolean learnt = false;
        for (Summary summary : summaries) {
            if (summary.name().equals(of.label()) || elsewhere.contains(summary.name())) {
                continue;
            }
            if (isSet(data, summary) && !of.setsAllowed()) {
                leftOut.add("  # left out: " + quoted(summary.name()) + ", sets, which clients with child tables cannot"
                        + " have: make a column of each member\n");
                continue;
            }
            if (isSet(data, summary)) {
                Optional<String> set = set(data, summary);
                columns.append(set.orElse(""));
                learnt |= set.isPresent();
                if (set.isEmpty()) {
                    leftOut.add("  # left out: " + quoted(summary.name()) + ", no members, or more than "
                            + of.maxCategories() + " different ones\n");
                }
                continue;
            }
            Optional<String> reason = reasonToLeaveOut(summary);
            List<String> categories = List.of();
            if (reason.isEmpty() && summary.type().kind() == ColumnType.Kind.STRING) {
                categories = values(data, summary.name(), of.maxCategories() + 1);
                if (categories.size() > of.maxCategories()) {
                    reason = Optional.of("more than " + of.maxCategories()
                            + " different texts; a column of free text belongs into text.columns (docs/mixed.md)");
                }
            }
            Optional<GeneratedColumn.Kind> made = made(data, summary, reason.isPresent());
            if (made.isPresent()) {
                columns.append("    - {name: ").append(quoted(summary.name())).append(", type: ");
                columns.append(made.get().configName()).append("}    # made up; never read from the private data\n");
                continue;
            }
            Optional<String> identity = reason.isPresent() ? Optional.empty() : identity(data, summary);
            if (identity.isPresent()) {
                leftOut.add("    # " + column(data, summary, categories).strip() + "    # left out: " + identity.get()
                        + "\n");
            } else if (reason.isPresent()) {
                leftOut.add("  # left out: " + quoted(summary.name()) + ", " + reason.get() + "\n");
            } else {
                columns.append(column(data, summary, categories));
                learnt = true;
            }
        }
        if (!learnt) {
            throw new PrivateDataException(of.location() + " has no column that can be declared: "
                    + leftOut.stream()
                            .map(line ->
                                    line.replaceFirst("^.*# left out: ", "").strip())
                            .collect(Collectors.joining("; ")));
        }
        leftOut.forEach(columns::append);
        return columns.toString();
    }

    /**
     * Decides from a column's name and values whether to draft it as made up. Returns the kind; empty if the column is
     * learnt or left out.
     *
     * @param many whether the column has too many values to be learnt as text
     */
    private static Optional<GeneratedColumn.Kind> made(Dataset<Row> data, Summary summary, boolean many) {
        if (summary.empty() || summary.type() == null) {
            return Optional.empty();
        }
        Column column = column(data, summary.name());
        Optional<GeneratedColumn.Kind> named = TellingName.of(summary.name());
        boolean text = summary.type().kind() == ColumnType.Kind.STRING;
        if (text && many) {
            return named.filter(kind -> !isId(kind) || allDiffer(data, column, 1))
                    .or(() -> isAlways(data, column, EMAIL_PATTERN)
                            ? Optional.of(GeneratedColumn.Kind.EMAIL)
                            : Optional.empty());
        }
        return named.filter(
                kind -> isId(kind) && summary.type().kind().integral() && allDiffer(data, column, LEAST_IDS));
    }

    private static boolean isId(GeneratedColumn.Kind kind) {
        return kind == GeneratedColumn.Kind.ID || kind == GeneratedColumn.Kind.UUID;
    }

    private static boolean allDiffer(Dataset<Row> data, Column column, int least) {
        Row counts = data.agg(functions.count(column), functions.count_distinct(column))
                .head();
        return counts.getLong(0) >= least && counts.getLong(0) == counts.getLong(1);
    }

    private static boolean isAlways(Dataset<Row> data, Column column, String pattern) {
        Row all = data.agg(functions.bool_and(column.rlike(pattern))).head();
        return !all.isNullAt(0) && all.getBoolean(0);
    }

    private static Optional<String> reasonToLeaveOut(Summary summary) {
        if (summary.name().isBlank()) {
            return Optional.of("it has no name");
        }
        if (summary.type() == null) {
            return Optional.of("its type cannot be declared: cast it to a text, a number or a time first");
        }
        if (summary.empty()) {
            return Optional.of("no values");
        }
        boolean declarable = summary.type().kind() == ColumnType.Kind.STRING
                || summary.type().kind() == ColumnType.Kind.BOOLEAN
                || (isBound(summary.type(), summary.min()) && isBound(summary.type(), summary.max()));
        return declarable ? Optional.empty() : Optional.of("its values are not within the years 1 to 9999");
    }

    /** Says why a column seems to identify records rather than describe them; empty if it does not. */
    private Optional<String> identity(Dataset<Row> data, Summary summary) {
        if (!summary.wholeNumbers() || summary.different() <= of.maxCategories()) {
            return Optional.empty();
        }
        if (summary.different() >= NEARLY_ALL * summary.values()
                && data.select(column(data, summary.name()))
                                .na()
                                .drop()
                                .distinct()
                                .count()
                        == summary.values()) {
            return Optional.of("every record has a different value, as in an identifier");
        }
        return IDENTIFIER.matcher(summary.name()).find()
                ? Optional.of("the name is that of an identifier; if it is a person's, see private_data.client_column")
                : Optional.empty();
    }

    private String labels(Dataset<Row> data, Summary summary) {
        ColumnType type = summary.text() ? ColumnType.of(ColumnType.Kind.STRING) : summary.type();
        boolean counted = type != null
                && (summary.text()
                        || type.kind() == ColumnType.Kind.BOOLEAN
                        || type.kind().integral());
        if (!counted || summary.empty()) {
            throw new ConfigurationException(List.of("--label: " + of.label()
                    + " is not allowed: a label must be a text, a boolean or a whole number, with at least one value"));
        }
        List<String> values = values(data, summary.name(), of.maxCategories() + 1);
        if (values.size() > of.maxCategories()) {
            throw new ConfigurationException(List.of("--label: " + of.label() + " is not allowed: it has more than "
                    + of.maxCategories() + " values; choose another label, or raise --max-categories"));
        }
        String nulls = summary.nulls() ? "   # null is not a label: a run refuses records without one" : "";
        return "labels:" + nulls + "\n  column: " + quoted(of.label()) + "\n  type: "
                + type.configName()
                + "\n  values: " + list(type, values) + "\n";
    }

    private static boolean isSet(Dataset<Row> data, Summary summary) {
        return data.schema().apply(summary.name()).dataType() instanceof ArrayType array
                && array.elementType().equals(DataTypes.StringType);
    }

    /** Drafts a set of strings with the members that occur; empty if there are none or too many. */
    private Optional<String> set(Dataset<Row> data, Summary summary) {
        Column array = column(data, summary.name());
        List<String> members = values(
                data.select(functions.explode(array).as(summary.name())), summary.name(), of.maxCategories() + 1);
        if (members.isEmpty() || members.size() > of.maxCategories()) {
            return Optional.empty();
        }
        // The size that nine in ten sets do not exceed.
        Row size = data.agg(functions.percentile_approx(
                        functions.size(functions.array_distinct(array)), functions.lit(0.9), functions.lit(10_000)))
                .head();
        int usual = Math.min(members.size(), Math.max(1, size.getInt(0)));
        return Optional.of("    - {name: " + quoted(summary.name()) + ", type: " + SetColumn.TYPE + ", categories: "
                + list(ColumnType.of(ColumnType.Kind.STRING), members) + ", usual_members: " + usual
                + (summary.nulls() ? ", nullable: true}\n" : "}\n"));
    }

    private static String column(Dataset<Row> data, Summary summary, List<String> categories) {
        StringBuilder column = new StringBuilder("    - {name: ")
                .append(quoted(summary.name()))
                .append(", type: ")
                .append(written(summary.type()));
        switch (summary.type().kind()) {
            case STRING -> column.append(", categories: ").append(list(summary.type(), categories));
            case BOOLEAN -> column.append(", categories: [false, true]");
            default ->
                column.append(", min: ")
                        .append(written(summary.type(), bound(summary.type(), summary.min())))
                        .append(", max: ")
                        .append(written(summary.type(), bound(summary.type(), summary.max())));
        }
        if (summary.decimals() <= MOST_DECIMALS) {
            column.append(", decimals: ").append(summary.decimals());
        }
        List<String> special = special(data, summary);
        if (!special.isEmpty()) {
            column.append(", special: ").append(list(summary.type(), special));
        }
        return column.append(summary.nulls() ? ", nullable: true}\n" : "}\n").toString();
    }

    /** Numbers, other than 0 and the bounds, that are much more frequent than others. */
    private static List<String> special(Dataset<Row> data, Summary summary) {
        ColumnType.Kind kind = summary.type().kind();
        boolean isNumber = kind.integral() || kind == ColumnType.Kind.DOUBLE || kind == ColumnType.Kind.DECIMAL;
        if (!isNumber) {
            return List.of();
        }
        Column column = column(data, summary.name());
        Dataset<Row> values = data.where(column.isNotNull())
                .groupBy(column.alias("value"))
                .agg(functions.count(functions.lit(1)).alias("records"));
        Row sums = values.agg(functions.sum("records"), functions.count(functions.lit(1)))
                .head();
        double records = sums.getLong(0);
        double least = Math.max(records * SPECIAL_SHARE, SPECIAL_TIMES * records / sums.getLong(1));
        Column value = functions.col("value");
        return values
                .where(functions.col("records").geq(least))
                .where(value.notEqual(0).and(value.notEqual(summary.min())).and(value.notEqual(summary.max())))
                .orderBy(value)
                .select(value.cast("string"))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Column column(Dataset<Row> data, String name) {
        return data.col(Columns.quoted(name));
    }

    /** Distinct values that are not null, as text, in the order of their type. */
    private static List<String> values(Dataset<Row> data, String name, int limit) {
        Column column = column(data, name);
        return data
                .select(column)
                .where(column.isNotNull())
                .distinct()
                .limit(limit)
                .orderBy(column)
                .select(column.cast("string"))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** Quotes decimal types, because the comma in {@code decimal(p,s)} would end an entry of a one-line map. */
    private static String written(ColumnType type) {
        return type.kind() == ColumnType.Kind.DECIMAL ? quoted(type.configName()) : type.configName();
    }

    private static boolean isBound(ColumnType type, Object value) {
        try {
            bound(type, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns a bound in the form that a run reads. */
    private static String bound(ColumnType type, Object value) {
        double code = NumericColumn.boundCode(type, value);
        return new NumericColumn("bound", type, code, code, false, false).text(code);
    }

    private static String list(ColumnType type, List<String> values) {
        return "["
                + String.join(
                        ", ", values.stream().map(value -> written(type, value)).toList()) + "]";
    }

    /** Returns a value as a person would write it: text in quotes, anything else without. */
    private static String written(ColumnType type, String value) {
        return type.kind() == ColumnType.Kind.STRING ? quoted(value) : value;
    }

    private static String quoted(String text) {
        return DraftFrame.quoted(text);
    }
}
