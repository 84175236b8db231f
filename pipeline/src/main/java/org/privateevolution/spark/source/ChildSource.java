package org.privateevolution.spark.source;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;

/** Opens child tables that are in files of their own. Refusals name the table. */
public final class ChildSource {

    private final SparkSession spark;
    private final RunSpec spec;

    /** @param spec the run on the clients to whom the rows belong */
    public ChildSource(SparkSession spark, RunSpec spec) {
        this.spark = spark;
        this.spec = spec;
    }

    /**
     * As {@link PrivateSource#open(RunSpec, PrivateColumns)}.
     *
     * @param name name of the child table
     */
    public Dataset<Row> open(String name, RunSpec.PrivateData files, PrivateColumns columns) {
        return named(name, () -> new PrivateSource(spark).open(spec.with(files), columns));
    }

    /** As {@link PrivateSource#types}. */
    public Map<String, ColumnType> types(String name, RunSpec.PrivateData files) {
        return named(name, () -> new PrivateSource(spark).types(spec.with(files)));
    }

    private static <T> T named(String name, Supplier<T> opening) {
        try {
            return opening.get();
        } catch (PrivateDataException e) {
            String problem = e.getMessage()
                    .replaceFirst("^private_data: ", "")
                    .replace("private_data.path", "tabular.children[].path")
                    .replace("client_column", "key");
            throw new PrivateDataException(e.reason(), "private_data: table '" + name + "': " + problem, e.getCause());
        }
    }
}
