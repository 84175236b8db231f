package org.privateevolution.config;

import java.util.List;
import org.privateevolution.model.RunSpec;

/** Configurations for tests. */
final class Configurations {

    /** Says only what has no default. */
    static final String MINIMAL =
            """
            private_data: {format: parquet, path: in/customers}
            privacy: {epsilon: 1.0, delta: 1e-5}
            evolution: {samples: 7, votes: 3, selection: sample}
            tabular:
              columns:
                - {name: country, type: string, categories: [USA, Mexico, NO]}
            output: {path: out/customers}
            """;

    /** Says everything that can be said together. */
    static final String FULL =
            """
            name: customers of Q3
            seed: -9223372036854775808
            private_data:
              format: csv
              path: s3a://bucket/in
              options: {sep: ;, nullValue: "-"}
              client_column: customer_id
              partitions: 13
              store: {path: "hdfs:///private/customers", keep: true, key_env: STORE_KEY}
            labels:
              column: member_card
              type: string
              values: [Gold, Silver, "null", ""]
              fractions: {Gold: 0.2, Silver: 0.3, "null": 0.4, "": 0.1}
            privacy:
              noise_multiplier: 13.25
              delta: 1.575422064e-5
              unit: client
              adjacency: replace-one
              ledger: hdfs:///ledgers/customers
              budget: {epsilon: 5, delta: 1e-5}
            evolution:
              schedule: [1009, 997, 11, 2003, 4, 5]
              initial_variation_fold: 2
              lookahead: 8
              rules:
                - {votes: 2, threshold: 0}
                - {votes: 1, selection: sample, threshold: 1.5, variation_fold: 3}
                - {selection: rank, variation_fold: 0, keep_selected: true}
            vote: {metric: inner-product, neighbors: 32, broadcast_chunk_mib: 1}
            tabular:
              columns:
                - {name: country, type: string, categories: [USA, Mexico, 1.50, yes], other: Mexico, nullable: true}
                - {name: active, type: boolean}
                - {name: cars, type: byte, categories: [0, 1, 4]}
                - {name: children, type: short, min: 0, max: 5, out_of_range: clamp}
                - {name: visits, type: integer, min: -2147483648, max: 2147483647}
                - {name: views, type: long, min: -9007199254740992, max: 9007199254740992}
                - {name: height, type: float, min: 0.1, max: 2.3}
                - {name: weight, type: double, min: -1e-300, max: 0.1}
                - {name: amount, type: "decimal(10,2)", min: 0.01, max: 99999999.99, nullable: true}
                - {name: born, type: date, min: 1910-01-01, max: 1990-12-31}
                - {name: seen, type: timestamp, min: 2020-02-29T12:30:00.000001Z, max: 2021-01-01T00:00:00+02:00}
                - {name: local, type: timestamp_ntz, min: 2020-02-29T12:30:00, max: 2021-01-01T00:00:00.5}
              mutation: {initial: 0.4, last: 0.02, decay: linear, iterations: 9}
              numeric_weight: 2
              categorical_weight: 0.7071067811865476
            evaluation: {private_metrics: true}
            output: {path: out/customers/, formats: [csv], publish: population}
            """;

    private Configurations() {}

    static RunSpec minimal(String... overrides) {
        return RunConfiguration.parse(MINIMAL, "customers.yaml", List.of(overrides));
    }

    static RunSpec full(String... overrides) {
        return RunConfiguration.parse(FULL, "customers.yaml", List.of(overrides));
    }
}
