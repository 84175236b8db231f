package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.CountLayout;
import org.privateevolution.evaluation.outside.TableCounts;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;

/** A table in codes, kept on the executors. Only counts, single columns and samples of rows leave the executors. */
final class EncodedTable implements AutoCloseable {

    /**
     * Largest number of a column's values that are read, 32 MiB of them; a longer column is sampled down to about this
     * size.
     */
    static final int MOST_NUMBERS = 1 << 22;

    private static final long SAMPLE = 1;
    private static final long GROUP = 2;

    private final SparkSession spark;
    private final String location;
    private final JavaRDD<EncodedRow> rows;
    private final long count;
    private final boolean own;

    private EncodedTable(SparkSession spark, String location, JavaRDD<EncodedRow> rows, boolean own) {
        this.spark = spark;
        this.location = location;
        this.rows = rows;
        this.own = own;
        this.count = reading(rows::count);
    }

    /**
     * Encodes a table and keeps it.
     *
     * @param table as {@link WrittenTable} opens it, with all of the columns
     * @param texts further columns that are part of a row's identity
     * @param client column whose rows of equal value stay together on one side of a {@link #part}; empty if each row
     *     may come on either side
     */
    static EncodedTable of(
            Dataset<Row> table,
            String location,
            List<ComparedColumn> columns,
            List<String> texts,
            Optional<String> client,
            Seed seed) {
        return of(table, location, columns, texts, client, false, seed);
    }

    /**
     * Encodes the rows of clients and keeps them. All random groups of them consist of whole clients, so that their
     * figures differ as those of samples of clients do.
     *
     * @param client column with the client of a row
     */
    static EncodedTable ofClients(
            Dataset<Row> table, String location, List<ComparedColumn> columns, String client, Seed seed) {
        return of(table, location, columns, List.of(), Optional.of(client), true, seed);
    }

    private static EncodedTable of(
            Dataset<Row> table,
            String location,
            List<ComparedColumn> columns,
            List<String> texts,
            Optional<String> client,
            boolean whole,
            Seed seed) {
        List<String> names =
                new ArrayList<>(columns.stream().map(ComparedColumn::name).toList());
        names.addAll(texts);
        int values = names.size();
        client.ifPresent(names::add);
        names.add(table.columns()[table.columns().length - 1]);
        Chances.Source source = new Chances.Source(seed.value(), client.isPresent() ? values : -1, whole);
        JavaRDD<EncodedRow> rows = SelectedColumns.of(table, names)
                .javaRDD()
                .mapPartitionsWithIndex(
                        (partition, records) -> encoded(partition, records, columns, values, source), true)
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new EncodedTable(table.sparkSession(), location, rows, true);
    }

    private static Iterator<EncodedRow> encoded(
            int partition, Iterator<Row> records, List<ComparedColumn> columns, int values, Chances.Source source) {
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public EncodedRow next() {
                Row row = records.next();
                int problem = row.size() - 1;
                if (!row.isNullAt(problem)) {
                    throw new PrivateDataException(
                            PrivateDataException.Reason.RECORD, "a record is not sound: " + row.getString(problem));
                }
                double[] codes = new double[columns.size()];
                long hash = 0;
                for (int c = 0; c < values; c++) {
                    Object value = row.get(c);
                    if (c < codes.length) {
                        codes[c] = columns.get(c).code(value);
                    }
                    boolean isNumber = c < codes.length && columns.get(c) instanceof ComparedColumn.Numbers;
                    long part = isNumber ? Double.doubleToLongBits(codes[c] + 0.0) : Chances.hash(value);
                    hash = Seed.mix(hash * 31 + part);
                }
                return new EncodedRow(codes, hash, source.of(partition, number++, row));
            }
        };
    }

    /** The rows of a part. They are available until this table is closed. */
    EncodedTable part(Part part) {
        return new EncodedTable(spark, location, rows.filter(row -> part.holds(row.chances())), false);
    }

    long count() {
        return count;
    }

    /** Counts all rows. */
    TableCounts counts(CountLayout layout) {
        return groups(layout, 1, 1)[0];
    }

    /**
     * Counts disjoint groups of rows, drawn at random.
     *
     * @param groups number of groups
     * @param share share of all rows in the groups together, approximately
     */
    TableCounts[] groups(CountLayout layout, int groups, double share) {
        int parts = Math.max(
                1, Math.min(rows.getNumPartitions(), spark.sparkContext().defaultParallelism()));
        return reading(() -> rows.coalesce(parts)
                .mapPartitions(part -> Collections.singleton(count(part, layout, groups, share))
                        .iterator())
                .treeReduce((a, b) -> {
                    for (int i = 0; i < a.length; i++) {
                        a[i].merge(b[i]);
                    }
                    return a;
                }));
    }

    private static TableCounts[] count(Iterator<EncodedRow> part, CountLayout layout, int groups, double share) {
        TableCounts[] counts = new TableCounts[groups];
        Arrays.setAll(counts, i -> new TableCounts(layout));
        while (part.hasNext()) {
            EncodedRow row = part.next();
            int group = group(row, groups, share);
            if (group >= 0) {
                counts[group].add(row.codes());
            }
        }
        return counts;
    }

    /** Index of the row's group, from 0; -1 for a row that is left out. */
    private static int group(EncodedRow row, int groups, double share) {
        return row.chances().uniform(SAMPLE) < share ? (int) (row.chances().uniform(GROUP) * groups) : -1;
    }

    /**
     * The numbers of a column in ascending order, without nulls; a sample if there are more than {@link #MOST_NUMBERS}.
     */
    double[] numbers(int column) {
        return numbers(column, 1, 1)[0];
    }

    /**
     * The numbers of a column in disjoint groups of rows, each in ascending order.
     *
     * @param groups number of groups
     * @param share share of all rows in the groups together, approximately
     */
    double[][] numbers(int column, int groups, double share) {
        double kept = Math.min(share, MOST_NUMBERS / (double) Math.max(1, count));
        double[][] all = new double[groups][0];
        List<double[][]> parts =
                reading(() -> rows.mapPartitions(part -> Collections.singleton(numbers(part, column, groups, kept))
                                .iterator())
                        .collect());
        for (int g = 0; g < groups; g++) {
            int group = g;
            all[g] = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part[group]))
                    .sorted()
                    .toArray();
        }
        return all;
    }

    private static double[][] numbers(Iterator<EncodedRow> part, int column, int groups, double share) {
        double[][] found = new double[groups][16];
        int[] sizes = new int[groups];
        while (part.hasNext()) {
            EncodedRow row = part.next();
            int group = group(row, groups, share);
            double code = row.codes()[column];
            if (group >= 0 && !Double.isNaN(code)) {
                if (sizes[group] == found[group].length) {
                    found[group] = Arrays.copyOf(found[group], 2 * sizes[group]);
                }
                found[group][sizes[group]++] = code;
            }
        }
        for (int g = 0; g < groups; g++) {
            found[g] = Arrays.copyOf(found[g], sizes[g]);
        }
        return found;
    }

    /**
     * Draws rows at random without replacement, in random order.
     *
     * @param size number of rows; all are returned if there are fewer
     */
    List<double[]> sample(int size) {
        double wanted = size + 5 * Math.sqrt(size) + 20;
        double share = Math.min(1, wanted / Math.max(1, count));
        List<EncodedRow> drawn = new ArrayList<>(reading(
                () -> rows.filter(row -> row.chances().uniform(SAMPLE) < share).collect()));
        drawn.sort(Comparator.comparingDouble(row -> row.chances().uniform(GROUP)));
        return drawn.stream().limit(size).map(EncodedRow::codes).toList();
    }

    /** Share of this table's rows that equal a row of another table. */
    double shareIn(EncodedTable other) {
        Dataset<Row> own = hashes().toDF("own");
        Dataset<Row> others = other.hashes().distinct().toDF("other");
        long equal = reading(() -> own.join(others, own.col("own").equalTo(others.col("other")), "left_semi")
                .count());
        return count == 0 ? 0 : equal / (double) count;
    }

    private Dataset<Long> hashes() {
        return spark.createDataset(rows.map(EncodedRow::hash).rdd(), Encoders.LONG());
    }

    /** Runs jobs that read records. If they fail, Spark's message is not passed on, because it may quote a record. */
    private <T> T reading(Supplier<T> jobs) {
        try {
            return jobs.get();
        } catch (Exception e) {
            throw WrittenTable.unreadable(location, e);
        }
    }

    @Override
    public void close() {
        if (own) {
            rows.unpersist(false);
        }
    }
}
