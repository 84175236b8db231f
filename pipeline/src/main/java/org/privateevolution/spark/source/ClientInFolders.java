package org.privateevolution.spark.source;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.parsing.TextFile;
import scala.jdk.javaapi.CollectionConverters;

/** Spark shows and logs the names of folders, so they must not tell who is in the data. */
final class ClientInFolders {

    private ClientInFolders() {}

    /**
     * Refuses records whose clients stand in the names of folders.
     *
     * @param records of files, of a table, or of what a program gives
     * @param client name of the column of client ids; empty for none
     * @throws PrivateDataException if it is the name of a folder's column, too
     */
    static void refuse(Dataset<Row> records, String client) {
        if (client.isEmpty()) {
            return;
        }
        // The first sees columns that folders of a table have by other names, the second those above what is read.
        Stream<String> columns = Stream.concat(
                CollectionConverters.asJava(records.queryExecution().analyzed().collectLeaves()).stream()
                        .flatMap(ClientInFolders::partitioning),
                Arrays.stream(records.inputFiles())
                        .flatMap(file -> TextFile.ofUri(file, "").folders().keySet().stream()));
        if (columns.anyMatch(client::equalsIgnoreCase)) {
            throw new PrivateDataException(
                    "private_data: client_column '" + client + "' stands in the names of folders,"
                            + " which Spark writes to its logs and shows in its UI: write the data with the column in the"
                            + " records");
        }
    }

    private static Stream<String> partitioning(LogicalPlan leaf) {
        StructType columns = new StructType();
        if (leaf instanceof LogicalRelation logical && logical.relation() instanceof HadoopFsRelation files) {
            columns = files.partitionSchema();
        } else if (leaf instanceof HiveTableRelation table) {
            columns = table.tableMeta().partitionSchema();
        }
        return Arrays.stream(columns.fieldNames());
    }
}
