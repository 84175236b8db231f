package org.privateevolution.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.fixtures.Mails;

/** Makes texts over an endpoint in a process of its own. */
final class TextDriver {

    private TextDriver() {}

    /** Arguments: private mails, address of the endpoint, output. */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate()) {
            PrivateEvolution.on(spark).run(Mails.chatRun(Path.of(arguments[0]), arguments[1], Path.of(arguments[2])));
        }
    }
}
