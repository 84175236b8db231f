package org.privateevolution.spark.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SourceRecord;

/**
 * The version of a Delta or Iceberg table that a run reads from its first start to its last, whatever is written to the
 * table meanwhile. Found without the formats' own classes, which need not be on the class path.
 *
 * @param format {@code delta} or {@code iceberg}
 * @param version version of Delta, or snapshot id of Iceberg; the user's own choice, if the options name a version or
 *     time
 * @param proof distinguishes this version from one of the same number in a table that was created anew; empty if
 *     nothing does
 */
public record PinnedVersion(String format, String version, String proof) {

    private static final String DELTA = NamedTable.DELTA;
    private static final String ICEBERG = NamedTable.ICEBERG;
    private static final String TABLE = "table";
    private static final String LOG = "/_delta_log";
    private static final List<String> ASKED = List.of("versionasof", "timestampasof");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

    /**
     * The version that the run began with or, if it has not begun, the newest.
     *
     * @param store the run's store, which records the version
     * @return empty if the source has no versions
     * @throws PrivateDataException if the source had another format when the run began
     */
    public static Optional<PinnedVersion> of(SparkSession spark, RunSpec spec, RunFiles store) {
        RunSpec.PrivateData data = spec.privateData();
        if (data.format().equals(DELTA) && asked(data).isPresent()) {
            return asked(data).map(version -> new PinnedVersion(DELTA, version, ""));
        }
        Optional<Table> table = table(spark, data);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<SourceRecord> recorded =
                FileIterationStore.isEmpty(store) ? Optional.empty() : SourceRecord.read(store);
        if (recorded.isPresent() && !recorded.get().format().equals(table.get().format())) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.CHANGED,
                    "private_data: " + data.location() + " is "
                            + table.get().format() + " now, and was "
                            + recorded.get().format()
                            + " when the run began: restore it, or choose another output.path");
        }
        Optional<String> version = recorded.map(SourceRecord::version).or(() -> newest(spark, table.get()));
        if (recorded.isEmpty() && version.isPresent()) {
            new SourceRecord(table.get().format(), version.get()).write(store);
        }
        return version.map(known -> new PinnedVersion(table.get().format(), known, proof(spark, table.get(), known)));
    }

    /** The version or time that the user's options ask for, whatever the case of the option's name. */
    static Optional<String> asked(RunSpec.PrivateData data) {
        return data.options().entrySet().stream()
                .filter(option -> ASKED.contains(option.getKey().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * A table with versions.
     *
     * @param history folder of Delta's commits, or quoted name of the Iceberg table
     */
    private record Table(String format, String history) {}

    private static Optional<Table> table(SparkSession spark, RunSpec.PrivateData data) {
        return switch (data.format()) {
            case DELTA -> Optional.of(new Table(DELTA, data.location() + LOG));
            case TABLE -> tableOfCatalog(spark, data.location());
            default -> Optional.empty();
        };
    }

    private static Optional<Table> tableOfCatalog(SparkSession spark, String name) {
        NamedTable named;
        try {
            named = NamedTable.describe(spark, quoted(spark, name));
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared. Opening the table will report this one in better words.
            return Optional.empty();
        }
        return switch (named.provider()) {
            case DELTA -> named.location().map(at -> new Table(DELTA, at + LOG));
            case ICEBERG -> Optional.of(new Table(ICEBERG, named.quoted()));
            default -> Optional.empty();
        };
    }

    private static Optional<String> newest(SparkSession spark, Table table) {
        if (table.format.equals(ICEBERG)) {
            return spark
                    .sql("SELECT snapshot_id FROM " + table.history + ".refs WHERE name = 'main'")
                    .collectAsList()
                    .stream()
                    .map(row -> Long.toString(row.getLong(0)))
                    .findFirst();
        }
        return commits(spark, table)
                .map(commit -> commit.getPath().getName())
                .max(Comparator.naturalOrder())
                .map(name -> Long.toString(Long.parseLong(name.replace(".json", ""))));
    }

    private static String proof(SparkSession spark, Table table, String version) {
        return table.format.equals(ICEBERG)
                // Snapshot ids are drawn at random: a table that is created anew has others.
                ? ICEBERG + " " + version
                : commits(spark, table)
                        .filter(commit -> commit.getPath()
                                .getName()
                                .replaceFirst("^0+(?=\\d)", "")
                                .equals(version + ".json"))
                        .map(commit -> commit.getPath() + " " + commit.getLen() + " " + commit.getModificationTime())
                        .findFirst()
                        .orElse("");
    }

    private static Stream<FileStatus> commits(SparkSession spark, Table table) {
        Path log = new Path(table.history);
        try {
            return Arrays.stream(
                            log.getFileSystem(SessionFiles.configuration(spark)).listStatus(log))
                    .filter(file -> COMMIT.matcher(file.getPath().getName()).matches());
        } catch (FileNotFoundException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new StoreException(
                    "cannot list the commits of the private table in " + log + ": " + e.getMessage(), e);
        }
    }

    /** Whether the source's history no longer has this version. Only asked when the version cannot be opened. */
    boolean isGone(SparkSession spark, RunSpec.PrivateData data) {
        Optional<Table> table = table(spark, data);
        if (table.isEmpty() || !NUMBER.matcher(version).matches()) {
            return false;
        }
        if (table.get().format.equals(ICEBERG)) {
            return spark.sql("SELECT 1 FROM " + table.get().history + ".snapshots WHERE snapshot_id = " + version)
                    .isEmpty();
        }
        return proof(spark, table.get(), version).isEmpty();
    }

    /** Reads this version of a catalog's table. */
    Dataset<Row> table(SparkSession spark, String name) {
        if (!NUMBER.matcher(version).matches()) {
            throw new StoreException(
                    StoreException.Reason.DAMAGED,
                    "the version of " + name + " that the run began with is recorded as '" + version
                            + "', which is not a number: restore source.json in the run's store");
        }
        return spark.sql("SELECT * FROM " + quoted(spark, name) + " VERSION AS OF " + version);
    }

    private static String quoted(SparkSession spark, String name) {
        return NamedTable.quoted(spark, "private_data.table", name);
    }
}
