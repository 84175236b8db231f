package org.privateevolution.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateDataException;

/**
 * A Parquet file that Spark reads fits its declaration or is refused, with nothing of Spark's message or of the content
 * in the refusal.
 */
public final class ParquetFuzz implements FuzzTarget {

    private static final String YAML =
            """
            name: fuzz
            private_data: {format: parquet, path: %s}
            privacy: {noise_multiplier: 2, delta: 1e-5, ledger: %s}
            tabular:
              columns:
                - {name: text, type: string, categories: [red, green]}
                - {name: number, type: double, min: 0, max: 100}
                - {name: day, type: date, min: 1920-01-01, max: 2009-12-31, nullable: true}
            output: {path: %s}
            """;

    private final SparkSession spark = TestSession.spark();
    private final Path folder;
    private final RunSpec spec;

    public ParquetFuzz() throws IOException {
        folder = Files.createTempDirectory("fuzz-parquet");
        Path data = Files.createDirectory(folder.resolve("data"));
        spec = RunConfiguration.parse(
                String.format(YAML, data, folder.resolve("ledger"), folder.resolve("out")), "fuzz.yaml", List.of());
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String query : List.of(
                "select 'red' text, 1.5D number, date'1990-01-31' day",
                "select 'green' text, 2.0D number, cast(null as date) day union all select 'red', 3D, date'2000-01-01'",
                "select 'qqqqqqqq' text, 1.5D number, date'1990-01-31' day",
                "select 'red' text, 1 number, date'1990-01-31' day, array(1, 2) other",
                "select 'red' text, timestamp'2000-01-01 00:00:00' number, '1990-01-31' day")) {
            Path written = folder.resolve("seed");
            spark.sql(query).coalesce(1).write().mode("overwrite").parquet(written.toString());
            try (Stream<Path> files = Files.list(written)) {
                Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(folder.resolve("data/a.parquet"), input);
        try {
            PrivateEvolution.on(spark).check(spec);
        } catch (PrivateDataException e) {
            Refusals.requireSilent(e.getMessage(), new String(input, StandardCharsets.ISO_8859_1));
            Refusals.require(!e.getMessage().contains("PARQUET_"), "an error condition of Spark's: " + e.getMessage());
        }
        Refusals.require(!Files.exists(folder.resolve("ledger")), "something was charged");
    }
}
