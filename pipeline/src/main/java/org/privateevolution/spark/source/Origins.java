package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables and files that rows are read from, through any views, joins and subqueries. The sources of RDDs and of
 * Python functions are unknown to Spark and missing here.
 *
 * @param tables catalog, namespace and name, in lower case
 * @param places prefixes of the files' paths; folders end in a slash
 */
public record Origins(Set<String> tables, Set<String> places) {

    /** The origins of no rows, or of rows whose origins cannot be found. */
    static final Origins NONE = new Origins(Set.of(), Set.of());

    private static final String SESSION_CATALOG = "spark_catalog";
    private static final Pattern WILDCARD = Pattern.compile("[\\[\\]{}*?\\\\]");
    private static final Pattern S3 = Pattern.compile("^s3[an]?:");
    private static final Pattern PORT = Pattern.compile("^([^/]*://[^/]*):\\d+(?=/)");

    public Origins {
        tables = Set.copyOf(tables);
        places = Set.copyOf(places);
    }

    /** The origins of rows, found without reading them. */
    public static Origins of(SparkSession spark, Dataset<Row> rows) {
        Configuration hadoop = SessionFiles.configuration(spark);
        Set<String> tables = new HashSet<>();
        Set<String> places = new HashSet<>();
        // Looks at the analysed plan, because optimising may remove tables that it finds to be empty.
        LogicalPlan plan = rows.queryExecution().analyzed();
        List<LogicalPlan> plans = new ArrayList<>(List.of(plan));
        CollectionConverters.asJava(plan.subqueriesAll()).forEach(subquery -> plans.add((LogicalPlan) subquery));
        plans.stream()
                .flatMap(part -> CollectionConverters.asJava(part.collectLeaves()).stream())
                .forEach(leaf -> {
                    table(leaf).ifPresent(tables::add);
                    roots(leaf).map(root -> folder(root, hadoop)).forEach(places::add);
                });
        return new Origins(tables, places);
    }

    /**
     * The origins of files at a path or pattern. A pattern is taken for everything that begins with its part before the
     * first wildcard.
     */
    public static Origins at(SparkSession spark, String location) {
        Configuration hadoop = SessionFiles.configuration(spark);
        Matcher wildcard = WILDCARD.matcher(location);
        if (!wildcard.find()) {
            return new Origins(Set.of(), Set.of(folder(location, hadoop)));
        }
        int name = location.lastIndexOf('/', wildcard.start()) + 1;
        String parent = name == 0 ? "." : location.substring(0, name);
        return new Origins(Set.of(), Set.of(folder(parent, hadoop) + location.substring(name, wildcard.start())));
    }

    /** The union of both origins. */
    public Origins and(Origins other) {
        return new Origins(union(tables, other.tables), union(places, other.places));
    }

    /** Whether both share a table, or a place of one lies within a place of the other. */
    public boolean overlap(Origins other) {
        return tables.stream().anyMatch(other.tables::contains)
                || places.stream().anyMatch(here -> other.places.stream()
                        .anyMatch(there -> here.startsWith(there) || there.startsWith(here)));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Optional<String> table(LogicalPlan leaf) {
        if (leaf instanceof LogicalRelation logical) {
            return java(logical.catalogTable()).map(CatalogTable::identifier).map(Origins::name);
        }
        if (leaf instanceof HiveTableRelation hive) {
            return Optional.of(name(hive.tableMeta().identifier()));
        }
        if (leaf instanceof DataSourceV2Relation second) {
            String catalog = java(second.catalog()).map(plugin -> plugin.name()).orElse(SESSION_CATALOG);
            return java(second.identifier()).map(identifier -> name(catalog, identifier));
        }
        return Optional.empty();
    }

    private static String name(TableIdentifier table) {
        return name(Stream.of(
                java(table.catalog()).orElse(SESSION_CATALOG),
                java(table.database()).orElse(""),
                table.table()));
    }

    private static String name(String catalog, Identifier table) {
        return name(Stream.concat(
                Stream.concat(Stream.of(catalog), Arrays.stream(table.namespace())), Stream.of(table.name())));
    }

    private static String name(Stream<String> parts) {
        return String.join("\u0000", parts.toList()).toLowerCase(Locale.ROOT);
    }

    private static Stream<String> roots(LogicalPlan leaf) {
        if (leaf instanceof LogicalRelation logical && logical.relation() instanceof HadoopFsRelation files) {
            return CollectionConverters.asJava(files.location().rootPaths()).stream()
                    .map(Path::toString);
        }
        if (leaf instanceof HiveTableRelation hive) {
            return java(hive.tableMeta().storage().locationUri()).map(uri -> new Path(uri).toString()).stream();
        }
        if (leaf instanceof DataSourceV2Relation second) {
            return second.table() instanceof FileTable table
                    ? CollectionConverters.asJava(table.fileIndex().rootPaths()).stream()
                            .map(Path::toString)
                    : Stream.ofNullable(second.table().properties().get(TableCatalog.PROP_LOCATION));
        }
        return Stream.empty();
    }

    private static <T> Optional<T> java(Option<T> option) {
        return option.isDefined() ? Optional.of(option.get()) : Optional.empty();
    }

    /**
     * Writes a folder in one form: catalogs and readers may write it with different S3 schemes, and with or without a
     * port.
     */
    private static String folder(String location, Configuration hadoop) {
        String place = S3.matcher(qualified(location, hadoop)).replaceFirst("s3:");
        return PORT.matcher(place + "/").replaceFirst("$1").replaceAll("(?<!:|:/)/+$", "/");
    }

    private static String qualified(String location, Configuration hadoop) {
        Path path = new Path(location);
        if (S3.matcher(location).find()) {
            return path.toString();
        }
        try {
            Path full = path.getFileSystem(hadoop).makeQualified(path);
            return "file".equals(full.toUri().getScheme())
                    ? RunFiles.at(full.toString(), hadoop).real()
                    : full.toString();
        } catch (IOException | RuntimeException e) {
            // Only the catalog can reach this file system.
            return path.toString();
        }
    }
}
