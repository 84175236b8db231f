package org.privateevolution.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.MetricValue;

/** A program on Spark's Connect client. {@link ConnectTest} starts it in a process without any other Spark. */
public final class ConnectClient {

    private ConnectClient() {}

    /** @param args address of the server, name of its plugin, and a configuration */
    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder().remote(args[0]).getOrCreate();
        System.out.println("SESSION " + spark.getClass().getName());
        RemoteRuns runs = RemoteRuns.on(spark, args[1]);
        String configuration = Files.readString(Path.of(args[2]));
        try {
            RemoteResult result = runs.run(configuration, List.of());
            System.out.println("ROWS " + result.synthetic().count());
            System.out.println("SENTENCE " + result.guarantee().path("sentence").asText());
            System.out.println("METRICS " + result.metrics().stream().allMatch(MetricValue::insideGuarantee) + " "
                    + !result.metrics().isEmpty());
            String again = runs.run(configuration, List.of())
                    .guarantee()
                    .path("run_id")
                    .asText();
            System.out.println(
                    "AGAIN " + again.equals(result.guarantee().path("run_id").asText()));
        } catch (RemoteRunException e) {
            System.out.println("FAILED " + e.failure());
        }
        for (String change :
                List.of("privacy.delta=7", "private_data.path=/nowhere", "private_data.store.key_env=PATH")) {
            try {
                runs.check(configuration, List.of(change));
                System.out.println("DONE " + change);
            } catch (RemoteRunException e) {
                System.out.println("REFUSED " + e.failure().kind() + " " + e.getMessage());
            }
        }
        spark.stop();
    }
}
