package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.ProgramVersion;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.NamedTable;
import org.privateevolution.spark.source.Origins;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.TableRecord;

/**
 * The table of Spark's catalog that receives a run's synthetic data, with the run's guarantee in its properties.
 *
 * <p>Tables are created and replaced through DataFrameWriterV2, in one commit with their properties if the catalog
 * supports it, as those of Delta and Iceberg do. Rows are added once, however often a run is started again: Delta
 * recognises the commit by the application's transaction, Iceberg by a property of its snapshot. Plain files record
 * nothing, so a run that died while it added rows to them does not resume by itself.
 */
final class OutputTable {

    private static final String PROPERTY = "private_evolution.";
    private static final String PUBLICATION = PROPERTY + "publication";

    /** Identifies a commit in Iceberg. */
    private static final String SNAPSHOT = "private-evolution-publication";

    private final SparkSession spark;
    private final RunSpec spec;
    private final PrivateSource source;
    private final RunFiles store;
    private final String runId;
    private final RunSpec.CatalogTable table;
    private final String quoted;

    private OutputTable(
            SparkSession spark,
            RunSpec spec,
            PrivateSource source,
            RunFiles store,
            String runId,
            RunSpec.CatalogTable table) {
        this.spark = spark;
        this.spec = spec;
        this.source = source;
        this.store = store;
        this.runId = runId;
        this.table = table;
        this.quoted = NamedTable.quoted(spark, "output.table", table.name());
    }

    /**
     * The table that the configuration names, if any.
     *
     * @param source source of the private records, over which no table is written
     * @param store store of the run
     * @throws ConfigurationException if the name is not that of a table
     */
    static Optional<OutputTable> of(
            SparkSession spark, RunSpec spec, PrivateSource source, RunFiles store, String runId) {
        return spec.output().table().map(named -> new OutputTable(spark, spec, source, store, runId, named));
    }

    /**
     * Refuses a table that could not be written after the run has been paid for.
     *
     * @throws ConfigurationException if the table holds the private data, exists although it is to be created, or has
     *     other columns than the synthetic rows
     * @throws StoreException if the catalog does not answer
     */
    void requireWritable() {
        Optional<NamedTable> present = present();
        if (present.isEmpty()) {
            requireSchema();
            return;
        }
        requireNotPrivate(present.get());
        switch (table.mode()) {
            case CREATE -> {
                if (!property(PROPERTY + "run").equals(Optional.of(runId))) {
                    throw refused("exists already: name another, or set output.table_mode to append or replace");
                }
            }
            case APPEND -> requireSameColumns();
            case REPLACE -> requireReplaceable(present.get());
        }
    }

    private void requireSchema() {
        Optional<String> schema = NamedTable.schemaOf(spark, "output.table", table.name());
        if (schema.isPresent() && !spark.catalog().databaseExists(schema.get())) {
            throw refused("would be in " + schema.get()
                    + ", which does not exist: create that schema, or configure its catalog as spark.sql.catalog.NAME");
        }
    }

    /**
     * A private table that is replaced could not be read again; one with synthetic rows added would no longer hold only
     * real records.
     */
    private void requireNotPrivate(NamedTable present) {
        RunSpec.PrivateData data = spec.privateData();
        boolean same = data.format().equals("table")
                && NamedTable.quoted(spark, "private_data.table", data.location())
                        .equalsIgnoreCase(quoted);
        if (same || source.origins(spec).overlap(origins(present))) {
            throw refused("contains the private data, or is a source of them: name another");
        }
    }

    private Origins origins(NamedTable present) {
        Origins read = Origins.of(spark, spark.table(quoted));
        return present.location()
                .map(location -> read.and(Origins.at(spark, location)))
                .orElse(read);
    }

    /** Compares columns. The table's types may be wider: Iceberg has no bytes and shorts. */
    private void requireSameColumns() {
        StructType there = spark.table(quoted).schema();
        StructType rows = TypedColumns.schema(spec);
        Map<String, DataType> wanted = types(rows);
        Map<String, DataType> given = types(there);
        boolean fits = wanted.keySet().equals(given.keySet())
                && wanted.entrySet().stream()
                        .allMatch(column -> Cast.canUpCast(column.getValue(), given.get(column.getKey())));
        if (!fits) {
            throw refused("has the columns " + columns(there) + ", but the synthetic rows have " + columns(rows)
                    + ": name another, or set output.table_mode to replace");
        }
    }

    private static Map<String, DataType> types(StructType schema) {
        return Arrays.stream(schema.fields())
                .collect(Collectors.toMap(
                        field -> field.name().toLowerCase(Locale.ROOT),
                        StructField::dataType,
                        (first, second) -> first));
    }

    private static String columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().simpleString())
                .collect(Collectors.joining(", "));
    }

    private void requireReplaceable(NamedTable present) {
        if (!present.hasVersions() && !present.managed()) {
            throw refused("is an external table of " + present.provider()
                    + " files, which nothing can replace in one step: drop it, or name another");
        }
    }

    /**
     * Adds the rows to the table, unless it has them already.
     *
     * @throws StoreException if the table cannot be written, or cannot tell whether it has the rows; what the run has
     *     done is kept
     */
    void write(Dataset<Row> synthetic, Guarantee guarantee) {
        try {
            Map<String, String> stated = properties(guarantee);
            Optional<NamedTable> present = present();
            present.ifPresent(this::requireNotPrivate);
            if (present.isEmpty()) {
                TableRecord.forget(store, quoted);
                create(commented(synthetic), stated);
                new TableRecord(quoted, publication(guarantee), true).write(store);
                return;
            }
            switch (table.mode()) {
                case CREATE -> recreate(present.get(), synthetic, stated);
                case APPEND -> append(present.get(), synthetic, guarantee, stated);
                case REPLACE -> replace(present.get(), synthetic, stated);
            }
        } catch (StoreException | ConfigurationException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared.
            throw new StoreException(
                    "cannot write the synthetic data to output.table " + table.name() + ": " + reason(e)
                            + "; finished work is kept: correct this and start the run again, or name another table",
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof SparkThrowable known && "LOCATION_ALREADY_EXISTS".equals(known.getCondition())
                ? e.getMessage() + " An earlier start that was killed while it wrote leaves such files"
                : e.getClass().getSimpleName() + ", " + e.getMessage();
    }

    /** Publishes to this run's own table, which is written anew after an extension of the run. */
    private void recreate(NamedTable present, Dataset<Row> synthetic, Map<String, String> stated) {
        requireWritable();
        if (!property(PUBLICATION).equals(Optional.of(stated.get(PUBLICATION)))) {
            replace(present, synthetic, stated);
        }
    }

    private void create(Dataset<Row> rows, Map<String, String> stated) throws AnalysisException {
        withProperties(rows.writeTo(quoted), stated).create();
    }

    private void replace(NamedTable present, Dataset<Row> synthetic, Map<String, String> stated) {
        requireReplaceable(present);
        Dataset<Row> rows = commented(synthetic);
        if (present.hasVersions()) {
            Map<String, String> properties = new LinkedHashMap<>(stated);
            if (present.provider().equals(NamedTable.DELTA) && hasLocalTimes(rows.schema())) {
                // Delta enables what a new table needs, but not what a replaced one does.
                properties.put("delta.feature.timestampNtz", "supported");
            }
            withProperties(rows.writeTo(quoted).using(present.provider()), properties)
                    .createOrReplace();
            return;
        }
        spark.sql("DROP TABLE " + quoted);
        // If the driver is killed here, the run starts again and finds no table.
        CreateTableWriter<Row> writer = rows.writeTo(quoted);
        try {
            withProperties(present.provider().isEmpty() ? writer : writer.using(present.provider()), stated)
                    .create();
        } catch (AnalysisException e) {
            throw new StoreException("cannot replace output.table " + table.name() + " anew: " + reason(e), e);
        }
    }

    private static boolean hasLocalTimes(StructType schema) {
        return Arrays.stream(schema.fields()).anyMatch(field -> field.dataType().equals(DataTypes.TimestampNTZType));
    }

    private static CreateTableWriter<Row> withProperties(CreateTableWriter<Row> writer, Map<String, String> stated) {
        CreateTableWriter<Row> told = writer;
        for (Map.Entry<String, String> property : stated.entrySet()) {
            told = told.tableProperty(property.getKey(), property.getValue());
        }
        return told;
    }

    private void append(NamedTable present, Dataset<Row> synthetic, Guarantee guarantee, Map<String, String> stated)
            throws AnalysisException {
        requireSameColumns();
        String publication = publication(guarantee);
        // An earlier start may have created the table together with its rows, and have ended before recording it.
        property(PUBLICATION)
                .filter(made -> property(PROPERTY + "run").equals(Optional.of(runId)))
                .ifPresent(made -> new TableRecord(quoted, made, true).write(store));
        Optional<TableRecord> known = TableRecord.read(store, quoted, publication);
        if (known.filter(TableRecord::written).isPresent()) {
            return;
        }
        boolean interrupted = known.isPresent();
        if (interrupted && !present.hasVersions()) {
            throw new StoreException(
                    "output.table " + table.name() + ": an earlier start of this run ended while it added"
                            + " its rows, and a table of " + present.provider()
                            + " files does not tell whether they are there: look, and"
                            + " write \"written\" : true into " + TableRecord.location(store, quoted, publication)
                            + " if they are, or else remove that file, and start the run again");
        }
        new TableRecord(quoted, publication, false).write(store);
        // Before the rows, so that the table never has rows that its properties do not account for.
        state(guarantee, stated);
        Dataset<Row> rows = fitted(synthetic, spark.table(quoted).schema());
        switch (present.provider()) {
            case NamedTable.DELTA ->
                rows.writeTo(quoted)
                        .option("txnAppId", PROPERTY + publication)
                        .option("txnVersion", "1")
                        .append();
            case NamedTable.ICEBERG -> {
                if (!hasSnapshot(publication)) {
                    DataFrameWriterV2<Row> writer = rows.writeTo(quoted);
                    writer.option("snapshot-property." + SNAPSHOT, publication).append();
                }
            }
            default ->
                rows.write().mode(SaveMode.Append).format(present.provider()).saveAsTable(quoted);
        }
        new TableRecord(quoted, publication, true).write(store);
    }

    /**
     * Whether the table holds the rows of this publication: snapshots that were rolled back or replaced are listed as
     * well.
     */
    private boolean hasSnapshot(String publication) {
        return !spark.sql("SELECT 1 FROM " + quoted + ".snapshots WHERE summary['" + SNAPSHOT + "'] = '" + publication
                        + "' AND snapshot_id IN (SELECT snapshot_id FROM " + quoted
                        + ".history WHERE is_current_ancestor)")
                .isEmpty();
    }

    /**
     * Writes the guarantee into the table's properties, by run: the epsilon of one run would understate that of the
     * rows of two.
     */
    private void state(Guarantee guarantee, Map<String, String> stated) {
        Optional<String> other = property(PROPERTY + "run").filter(run -> !run.equals(runId));
        if (other.isPresent()) {
            Map<String, String> theirs = new LinkedHashMap<>();
            stated.keySet().forEach(key -> property(key)
                    .ifPresent(value -> theirs.put(key.replace(PROPERTY, PROPERTY + other.get() + "."), value)));
            set(theirs);
        }
        if (property(PROPERTY + "run").isPresent()) {
            spark.sql("ALTER TABLE " + quoted + " UNSET TBLPROPERTIES IF EXISTS ("
                    + stated.keySet().stream().map(OutputTable::literal).collect(Collectors.joining(", ")) + ")");
        }
        Map<String, String> own = new LinkedHashMap<>();
        stated.forEach((key, value) -> own.put(key.replace(PROPERTY, PROPERTY + guarantee.runId() + "."), value));
        set(own);
    }

    private void set(Map<String, String> properties) {
        spark.sql("ALTER TABLE " + quoted + " SET TBLPROPERTIES ("
                + properties.entrySet().stream()
                        .map(entry -> literal(entry.getKey()) + " = " + literal(entry.getValue()))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private Map<String, String> properties(Guarantee guarantee) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PROPERTY + "guarantee", guarantee.sentence());
        properties.put(PROPERTY + "epsilon", Double.toString(guarantee.epsilon()));
        properties.put(PROPERTY + "delta", Double.toString(guarantee.delta()));
        properties.put(PROPERTY + "unit", guarantee.unit().configName());
        properties.put(PROPERTY + "adjacency", guarantee.adjacency().configName());
        properties.put(PROPERTY + "data_set_epsilon", Double.toString(guarantee.dataSetEpsilon()));
        properties.put(PROPERTY + "ledger_newest_hash", guarantee.ledgerHash());
        properties.put(PROPERTY + "run", guarantee.runId());
        properties.put(PROPERTY + "configuration_fingerprint", guarantee.fingerprint());
        properties.put(PUBLICATION, publication(guarantee));
        properties.put(PROPERTY + "version", ProgramVersion.current());
        return properties;
    }

    /**
     * Identifies the published rows: by the run, its charges, and which rows are asked for. Equal whenever the same
     * rows are published.
     */
    private String publication(Guarantee guarantee) {
        RunSpec.Output output = spec.output();
        String charges = guarantee.charges().stream().map(LedgerEntry::hash).collect(Collectors.joining("\n"));
        return Sha256.of(String.join(
                "\n",
                guarantee.runId(),
                charges,
                String.valueOf(output.published()),
                Integer.toString(output.rows()),
                Boolean.toString(output.weights())));
    }

    private Dataset<Row> commented(Dataset<Row> synthetic) {
        Map<String, String> comments = TypedColumns.comments(spec);
        List<Column> columns = new ArrayList<>();
        for (StructField field : synthetic.schema().fields()) {
            String comment =
                    "synthetic" + (comments.containsKey(field.name()) ? ": " + comments.get(field.name()) : "");
            columns.add(Columns.named(field.name())
                    .as(
                            field.name(),
                            new MetadataBuilder().putString("comment", comment).build()));
        }
        return synthetic.select(columns.toArray(Column[]::new)).coalesce(1);
    }

    /** The same rows with the columns of a table, in its order. */
    private static Dataset<Row> fitted(Dataset<Row> rows, StructType table) {
        return rows.select(Arrays.stream(table.fields())
                        .map(field -> Columns.named(field.name())
                                .cast(field.dataType())
                                .as(field.name()))
                        .toArray(Column[]::new))
                .coalesce(1);
    }

    private Optional<String> property(String key) {
        return spark.sql("SHOW TBLPROPERTIES " + quoted).collectAsList().stream()
                .filter(row -> row.getString(0).equals(key))
                .map(row -> row.getString(1))
                .findFirst();
    }

    private Optional<NamedTable> present() {
        try {
            return spark.catalog().tableExists(quoted)
                    ? Optional.of(NamedTable.describe(spark, quoted))
                    : Optional.empty();
        } catch (Exception e) {
            throw new StoreException(
                    "output.table " + table.name() + ": its catalog does not answer (" + reason(e)
                            + "): configure it as spark.sql.catalog.NAME, and create the schema",
                    e);
        }
    }

    private ConfigurationException refused(String why) {
        return new ConfigurationException(List.of("output.table: " + table.name() + " " + why));
    }
}
