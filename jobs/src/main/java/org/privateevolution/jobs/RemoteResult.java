package org.privateevolution.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.model.MetricValue;

/**
 * What a client of Spark Connect gets of a run.
 *
 * @param synthetic a temporary view of the session's
 * @param location of the output, as the server reads it
 * @param guarantee its {@code sentence}, {@code outlook}, {@code epsilon}, {@code delta}, {@code unit},
 *     {@code client_column}, {@code adjacency}, {@code releases}, {@code ledger}, {@code data_set_epsilon}, {@code run_id}
 *     and {@code fingerprint}
 * @param metrics inside the guarantee
 */
public record RemoteResult(Dataset<Row> synthetic, String location, JsonNode guarantee, List<MetricValue> metrics) {

    public RemoteResult {
        metrics = List.copyOf(metrics);
    }
}
