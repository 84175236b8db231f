package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The files of a source as Spark has listed them. Spark does not read all files that it lists. */
public record SourceFiles(HadoopFsRelation relation, PartitioningAwareFileIndex index) {

    /** Folders that mark a folder's files as versions of a table. */
    private static final List<String> TABLE_LOGS = List.of("_delta_log", ".hoodie");

    /** The files of a Dataset; empty if it is not read from files that Spark lists. */
    public static Optional<SourceFiles> of(Dataset<Row> files) {
        for (LogicalPlan leaf :
                CollectionConverters.asJava(files.queryExecution().analyzed().collectLeaves())) {
            if (leaf instanceof LogicalRelation logical
                    && logical.relation() instanceof HadoopFsRelation relation
                    && relation.location() instanceof PartitioningAwareFileIndex index) {
                return Optional.of(new SourceFiles(relation, index));
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a folder of which Spark would silently leave out files. Spark skips files in subfolders, unless the names
     * of all subfolders are columns.
     *
     * @throws UnsoundRecordException if files would be left out
     */
    public void requireAllRead() {
        long found = CollectionConverters.asJava(index.leafFiles()).values().stream()
                .filter(file -> file.getLen() > 0 && index.matchPathPattern(file))
                .count();
        Seq<Expression> all =
                CollectionConverters.asScala(List.<Expression>of()).toSeq();
        long read = CollectionConverters.asJava(index.listFiles(all, all)).stream()
                .mapToLong(folder -> folder.files().size())
                .sum();
        if (found > read) {
            throw new UnsoundRecordException("files that lie in folders below it would not be read: set"
                    + " options.recursiveFileLookup to true to read them, too, or name by a pattern what is"
                    + " to be read");
        }
    }

    /**
     * Names of the columns that stand both in the files and in the names of their folders, in both spellings. The
     * values may differ, and Spark silently takes the folders'.
     *
     * @param inFiles the columns that the files themselves hold
     * @param cased whether names that differ by case denote different columns
     */
    public Set<String> inTwoPlaces(StructType inFiles, boolean cased) {
        Set<String> names = new LinkedHashSet<>();
        for (String folder : relation.partitionSchema().fieldNames()) {
            for (String file : inFiles.fieldNames()) {
                if (cased ? file.equals(folder) : file.equalsIgnoreCase(folder)) {
                    names.add(file);
                    names.add(folder);
                }
            }
        }
        return names;
    }

    /**
     * Refuses a folder that is a table of Delta Lake or Hudi: its files also hold records that were deleted or
     * replaced.
     *
     * @throws UnsoundRecordException if the folder is such a table
     */
    public void requireNoTable(Configuration hadoop) throws IOException {
        for (Path root : CollectionConverters.asJava(index.rootPaths())) {
            boolean folder = !index.leafFiles().contains(root);
            for (String log : TABLE_LOGS) {
                if (folder && root.getFileSystem(hadoop).exists(new Path(root, log))) {
                    throw new UnsoundRecordException("it is a table, as its " + log
                            + " tells, whose files also hold records that were deleted or replaced: set"
                            + " private_data.format to delta, or give it as a table of the catalog");
                }
            }
        }
    }
}
