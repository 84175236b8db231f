package org.privateevolution.spark.table;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.outside.Marginals;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;

/**
 * Counts the marginals of the private table on executors, OUTSIDE the guarantee; runs only if the configuration asks
 * for private metrics. Reads the records again, because embedded records no longer show their values.
 */
final class MarginalsStage {

    private MarginalsStage() {}

    static Marginals ofPrivate(SparkSession spark, PrivateSource source, RunSpec spec) {
        Dataset<Row> records = source.open(spec);
        Marginals marginals = empty(spec);
        List<long[]> counts = PrivateJob.run(
                spark, spec, "marginals of the private data, outside the guarantee", () -> records.mapPartitions(
                                new CountTask(spec), Encoders.javaSerialization(long[].class))
                        .collectAsList());
        counts.forEach(marginals::merge);
        return marginals;
    }

    static Marginals ofSynthetic(RunSpec spec, Population population) {
        Marginals marginals = empty(spec);
        for (Sample sample : population.samples()) {
            marginals.add(sample.label(), sample.payload().row().orElseThrow());
        }
        return marginals;
    }

    private static Marginals empty(RunSpec spec) {
        return new Marginals(spec.tabular().schema(), spec.labels().names());
    }

    static final class CountTask implements MapPartitionsFunction<Row, long[]> {

        private static final long serialVersionUID = 1L;

        private final PrivateColumns columns;
        private final TableSchema schema;
        private final List<String> labels;

        CountTask(RunSpec spec) {
            this.columns = PrivateColumns.of(spec);
            this.schema = spec.tabular().schema();
            this.labels = spec.labels().names();
        }

        @Override
        public Iterator<long[]> call(Iterator<Row> rows) {
            Marginals marginals = new Marginals(schema, labels);
            while (rows.hasNext()) {
                Row row = rows.next();
                columns.requireSound(row);
                marginals.add(columns.label(row), columns.features(row));
            }
            return Collections.singleton(marginals.counts()).iterator();
        }
    }
}
