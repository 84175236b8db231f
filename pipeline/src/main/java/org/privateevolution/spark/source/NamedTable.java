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
 * @param quoted its name as it stands in SQL
 * @param provider such as {@code delta}, in lower case; empty for a view
 * @param location of its files, as the catalog writes it; empty if it does not tell
 * @param managed whether its files go with it
 */
public record NamedTable(String quoted, String provider, Optional<String> location, boolean managed) {

    public static final String DELTA = "delta";
    public static final String ICEBERG = "iceberg";

    /** Where DESCRIBE stops to list columns. */
    private static final String DETAILS = "# Detailed Table Information";

    /** Describes a table; what Spark throws if there is none, or it may not be seen, goes through, checked or not. */
    public static NamedTable describe(SparkSession spark, String quoted) {
        Map<String, String> details = details(spark.sql("DESCRIBE TABLE EXTENDED " + quoted));
        return new NamedTable(
                quoted,
                details.getOrDefault("Provider", "").toLowerCase(Locale.ROOT),
                Optional.ofNullable(details.get("Location")),
                !details.getOrDefault("Type", "").equals("EXTERNAL"));
    }

    /** Whether its commits are told apart by its own log, so that one can be read or found again. */
    public boolean hasVersions() {
        return provider.equals(DELTA) || provider.equals(ICEBERG);
    }

    /**
     * A name as it stands in SQL.
     *
     * @param key the setting that gives it
     * @throws ConfigurationException if it is no name of a table
     */
    public static String quoted(SparkSession spark, String key, String name) {
        return parts(spark, key, name).stream().map(Columns::quoted).collect(Collectors.joining("."));
    }

    /**
     * The schema that a name puts a table into, as it stands in SQL; empty if that is the session's own.
     *
     * @param key the setting that gives it
     * @throws ConfigurationException if it is no name of a table
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
