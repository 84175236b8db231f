package org.privateevolution.spark.source;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.FileRelation;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.parsing.TextFile;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses private data whose folders are named after clients: Spark shows and logs the names of folders, so they would
 * disclose who is in the data.
 */
final class ClientInFolders {

    private ClientInFolders() {}

    /**
     * Refuses records whose client column is a column of folder names.
     *
     * @param records records of files, of a table, or of a program's DataFrame
     * @param client name of the column of client ids; empty for none
     * @throws PrivateDataException if folders are named by this column
     */
    static void refuse(Dataset<Row> records, String client) {
        if (client.isEmpty()) {
            return;
        }
        // Looks at the analysed plan, because optimising may already compute some of the records.
        Stream<String> columns =
                CollectionConverters.asJava(records.queryExecution().analyzed().collectLeaves()).stream()
                        .flatMap(leaf -> Stream.concat(
                                partitioning(leaf),
                                files(leaf).flatMap(file -> TextFile.ofUri(file, "").folders().keySet().stream())));
        if (columns.anyMatch(client::equalsIgnoreCase)) {
            throw new PrivateDataException("private_data: client_column '" + client + "' is in the names of folders,"
                    + " which Spark writes to its logs and shows in its UI: write the data with the"
                    + " column in the"
                    + " records");
        }
    }

    /** Partition columns by the table's own names; the names in its folders may differ. */
    private static Stream<String> partitioning(LogicalPlan leaf) {
        if (leaf instanceof DataSourceV2Relation second) {
            return Arrays.stream(second.table().partitioning())
                    .filter(transform -> transform.name().equals("identity"))
                    .flatMap(transform -> Arrays.stream(transform.references()))
                    .map(reference -> String.join(".", reference.fieldNames()));
        }
        StructType columns = new StructType();
        if (leaf instanceof LogicalRelation logical && logical.relation() instanceof HadoopFsRelation files) {
            columns = files.partitionSchema();
        } else if (leaf instanceof HiveTableRelation table) {
            columns = table.tableMeta().partitionSchema();
        }
        return Arrays.stream(columns.fieldNames());
    }

    /** Files of a leaf; their paths also show folders above the location that is read. */
    private static Stream<String> files(LogicalPlan leaf) {
        if (leaf instanceof LogicalRelation logical && logical.relation() instanceof FileRelation relation) {
            return Arrays.stream(relation.inputFiles());
        }
        if (leaf instanceof DataSourceV2Relation second && second.table() instanceof FileTable table) {
            return Arrays.stream(table.fileIndex().inputFiles());
        }
        return Stream.empty();
    }
}
