package org.privateevolution.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.spark.clients.ClientOutput;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;

/** Writes rows that were drawn from an estimate, as files or text. */
public final class SampleFiles {

    private static final String FOLDER = "samples";
    private static final String PREFIX = "sample-";

    private SampleFiles() {}

    /** A location in the run's output that holds no sample yet: {@code samples/sample-001} and so on. */
    public static String next(SparkSession spark, String run) {
        RunFiles samples = RunFiles.at(run, SessionFiles.configuration(spark)).in(FOLDER);
        int last = samples.list().stream()
                .filter(name -> name.matches(PREFIX + "\\d{3,8}"))
                .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())))
                .max()
                .orElse(0);
        return samples.location() + "/" + PREFIX + String.format(Locale.ROOT, "%03d", last + 1);
    }

    /**
     * Refuses a location that exists already.
     *
     * @throws ConfigurationException if the location exists
     * @throws StoreException if the location cannot be reached
     */
    public static void requireNew(SparkSession spark, String location) {
        Path path = new Path(location);
        try {
            if (path.getFileSystem(SessionFiles.configuration(spark)).exists(path)) {
                throw new ConfigurationException(
                        ConfigurationException.Reason.PLACE,
                        List.of(location + " exists already and was not changed: choose another folder, or remove it"));
            }
        } catch (IOException e) {
            throw new StoreException("cannot reach " + location + ": " + e.getMessage(), e);
        }
    }

    /**
     * Draws rows and writes them to a new location, in the way a run writes synthetic data. Clients with child tables
     * are written as a root table, in {@code synthetic}, and child tables, each in {@code children/NAME}.
     *
     * @param rows number of rows or clients
     * @param first number of the first one
     * @param format parquet, csv or jsonl
     * @throws ConfigurationException if the location exists
     * @throws StoreException if the location cannot be written
     */
    public static void write(SavedEstimate estimate, int rows, long seed, long first, String format, String location) {
        // The root table comes last, so that one that is there has all of its children.
        estimate.children(rows, seed, first)
                .forEach(
                        (name, table) -> write(table, format, String.join("/", location, ClientOutput.CHILDREN, name)));
        String root = estimate.hasChildren() ? location + "/synthetic" : location;
        write(estimate.draw(rows, seed, first), format, root);
    }

    /**
     * Writes rows to a new location, in the way a run writes synthetic data.
     *
     * @param format parquet, csv or jsonl
     * @throws ConfigurationException if the location exists
     * @throws StoreException if the location cannot be written
     */
    public static void write(Dataset<Row> rows, String format, String location) {
        requireNew(rows.sparkSession(), location);
        SyntheticData.write(format, location, rows, SaveMode.ErrorIfExists);
    }

    /**
     * Prints rows as {@link #write} writes them. A row may span several lines if a value does.
     *
     * @param format csv, with a header, or jsonl
     * @param to receives each row's text, without its line end
     */
    public static void print(Dataset<Row> rows, String format, Consumer<String> to) {
        Dataset<Row> written = SyntheticData.asWritten(format, rows);
        Column row = functions.struct(functions.col("*"));
        Column line;
        if (format.equals("csv")) {
            to.accept(Arrays.stream(rows.columns()).map(SampleFiles::quoted).collect(Collectors.joining(",")));
            line = functions.to_csv(row, SyntheticData.AS_TEXT);
        } else {
            line = functions.to_json(row, SyntheticData.AS_TEXT);
        }
        Iterator<String> lines = written.select(line).as(Encoders.STRING()).toLocalIterator();
        while (lines.hasNext()) {
            to.accept(lines.next());
        }
    }

    private static String quoted(String name) {
        return name.matches("[^\",\\s]+") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
