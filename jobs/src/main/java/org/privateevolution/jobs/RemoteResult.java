package org.privateevolution.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.model.MetricValue;

/**
 * The result of a run, as a Spark Connect client gets it.
 *
 * @param synthetic the synthetic rows, a temporary view of the session
 * @param location location of the output, as the server resolves it
 * @param guarantee JSON object with {@code sentence}, {@code outlook}, {@code epsilon}, {@code delta}, {@code unit},
 *     {@code client_column}, {@code adjacency}, {@code releases}, {@code ledger}, {@code data_set_epsilon},
 *     {@code run_id} and {@code fingerprint}
 * @param metrics the run's metrics inside the guarantee
 */
public record RemoteResult(Dataset<Row> synthetic, String location, JsonNode guarantee, List<MetricValue> metrics) {

    public RemoteResult {
        metrics = List.copyOf(metrics);
    }
}
