package org.privateevolution.spark.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.spark.session.Columns;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark's catalog says of a table.
 *
 * @param quoted name of the table, quoted for SQL
 * @param provider such as {@code delta}, in lower case; empty for a view
 * @param location of its files, as the catalog writes it; empty if the catalog does not tell
 * @param managed whether dropping the table deletes its files
 */
public record NamedTable(String quoted, String provider, Optional<String> location, boolean managed) {

    public static final String DELTA = "delta";
    public static final String ICEBERG = "iceberg";

    /** The row of DESCRIBE at which the list of columns ends. */
    private static final String DETAILS = "# Detailed Table Information";

    /**
     * Describes a table. If the table does not exist or may not be seen, Spark's exception passes through, which may be
     * a checked one.
     */
    public static NamedTable describe(SparkSession spark, String quoted) {
        Map<String, String> details = details(spark.sql("DESCRIBE TABLE EXTENDED " + quoted));
        return new NamedTable(
                quoted,
                details.getOrDefault("Provider", "").toLowerCase(Locale.ROOT),
                Optional.ofNullable(details.get("Location")),
                !details.getOrDefault("Type", "").equals("EXTERNAL"));
    }

    /** Whether the table's own log tells its commits apart, so that a version can be read or found again. */
    public boolean hasVersions() {
        return provider.equals(DELTA) || provider.equals(ICEBERG);
    }

    /**
     * Quotes a table's name for SQL.
     *
     * @param key the setting that holds the name
     * @throws ConfigurationException if the text is not the name of a table
     */
    public static String quoted(SparkSession spark, String key, String name) {
        return parts(spark, key, name).stream().map(Columns::quoted).collect(Collectors.joining("."));
    }

    /**
     * The schema in a table's name, quoted for SQL; empty if the table is in the session's current schema.
     *
     * @param key the setting that holds the name
     * @throws ConfigurationException if the text is not the name of a table
     */
    public static Optional<String> schemaOf(SparkSession spark, String key, String name) {
        List<String> parts = parts(spark, key, name);
        return parts.size() == 1
                ? Optional.empty()
                : Optional.of(parts.subList(0, parts.size() - 1).stream()
                        .map(Columns::quoted)
                        .collect(Collectors.joining(".")));
    }

    private static List<String> parts(SparkSession spark, String key, String name) {
        try {
            return CollectionConverters.asJava(spark.sessionState().sqlParser().parseMultipartIdentifier(name));
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared.
            throw new ConfigurationException(List.of(key + ": " + name
                    + " is not the name of a table: write catalog.schema.name, with backticks around a part with"
                    + " characters other than"
                    + " letters, digits and _"));
        }
    }

    private static Map<String, String> details(Dataset<Row> described) {
        return described.collectAsList().stream()
                .dropWhile(row -> !row.getString(0).equals(DETAILS))
                .filter(row -> !row.isNullAt(1))
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1), (first, second) -> first));
    }
}
