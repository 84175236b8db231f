package org.privateevolution.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Runs {@link KilledDriverTest#spec} on {@link HaltingFileSystem} in a process of its own. */
final class HaltingDriver {

    /** As an argument: the run of {@link DiscoveredRunTest} in place of the other. */
    static final String DISCOVERS = "discovers";

    private HaltingDriver() {}

    /** Arguments: private data, output, file for the changes, marker, change to halt at, its number, which run. */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.hadoop.fs.file.impl", HaltingFileSystem.class.getName())
                .config("spark.hadoop.fs.file.impl.disable.cache", "true")
                .config("spark.hadoop." + HaltingFileSystem.DIRECTORY, arguments[1])
                .config("spark.hadoop." + HaltingFileSystem.CHANGES, arguments[2])
                .config("spark.hadoop." + HaltingFileSystem.MARKER, arguments[3])
                .config("spark.hadoop." + HaltingFileSystem.AT, arguments[4])
                .config("spark.hadoop." + HaltingFileSystem.NUMBER, arguments[5])
                .getOrCreate()) {
            Path data = Path.of(arguments[0]);
            Path output = Path.of(arguments[1]);
            boolean discovers = List.of(arguments).contains(DISCOVERS);
            PrivateEvolution.on(spark)
                    .run(discovers ? DiscoveredRunTest.spec(data, output) : KilledDriverTest.spec(data, output));
        }
    }
}
