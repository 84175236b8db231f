package org.privateevolution.spark;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;

/** A private table with a column of every type, and runs on it. Tier 3 has no private rows. */
final class Customers {

    static final int ROWS = 211;

    private static final StructType SCHEMA = StructType.fromDDL(
            "id STRING, tier INT, color STRING, active BOOLEAN, tiny TINYINT, small SMALLINT, medium INT, large BIGINT,"
                    + " ratio FLOAT, height DOUBLE, price DECIMAL(10,2), born DATE, seen TIMESTAMP, opened TIMESTAMP_NTZ,"
                    + " note STRING");

    private static final String YAML =
            """
            name: customers
            seed: 7
            private_data: {format: parquet, path: %s}
            labels: {column: tier, type: integer, values: [1, 2, 3]}
            privacy: {noise_multiplier: 2, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [31, 23, 17], selection: sample, threshold: 0, variation_fold: 1}
            tabular:
              columns:
                - {name: color, type: string, categories: [red, green, blue], nullable: true}
                - {name: active, type: boolean}
                - {name: tiny, type: byte, min: -5, max: 5}
                - {name: small, type: short, min: 0, max: 300}
                - {name: medium, type: integer, min: -100000, max: 100000, nullable: true}
                - {name: large, type: long, min: 0, max: 5000000000}
                - {name: ratio, type: float, min: -1, max: 1}
                - {name: height, type: double, min: 0, max: 2.5, nullable: true}
                - {name: price, type: "decimal(10,2)", min: 0, max: 99999.99}
                - {name: born, type: date, min: 1920-01-01, max: 2009-12-31}
                - {name: seen, type: timestamp, min: 2020-01-01T00:00:00Z, max: 2025-12-31T23:59:59Z}
                - {name: opened, type: timestamp_ntz, min: 2020-01-01T00:00:00, max: 2025-12-31T23:59:59}
            output: {path: %s}
            """;

    private Customers() {}

    static RunSpec spec(Path data, Path output, String... overrides) {
        return RunConfiguration.parse(yaml(data.toString(), output.toString()), "customers.yaml", List.of(overrides));
    }

    static String yaml(String data, String output) {
        return YAML.formatted(data, output);
    }

    /** The rows; column {@code id} is of 13 clients, and {@code note} is not declared. */
    static Dataset<Row> rows(SparkSession spark) {
        SplittableRandom random = new SplittableRandom(41);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(RowFactory.create(
                    "customer-" + random.nextInt(13),
                    1 + random.nextInt(2),
                    i % 7 == 0 ? null : List.of("red", "green", "blue").get(random.nextInt(3)),
                    random.nextBoolean(),
                    (byte) random.nextInt(-5, 6),
                    (short) random.nextInt(0, 301),
                    i % 11 == 0 ? null : random.nextInt(-100_000, 100_001),
                    random.nextLong(0, 5_000_000_001L),
                    (float) random.nextDouble(-1, 1),
                    i % 13 == 0 ? null : random.nextDouble(0, 2.5),
                    BigDecimal.valueOf(random.nextLong(0, 10_000_000), 2),
                    Date.valueOf(LocalDate.of(1920, 1, 1).plusDays(random.nextInt(32_000))),
                    Timestamp.from(Instant.parse("2020-01-01T00:00:00Z").plusMillis(random.nextLong(180_000_000_000L))),
                    LocalDateTime.parse("2020-01-01T00:00:00")
                            .plus(random.nextLong(180_000_000_000L), ChronoUnit.MILLIS),
                    "note " + i));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }
}
