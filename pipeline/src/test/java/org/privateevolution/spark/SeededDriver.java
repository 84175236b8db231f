package org.privateevolution.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;

/** A driver whose noise can be repeated, for clusters; says the stages of its run. */
public final class SeededDriver {

    private SeededDriver() {}

    /** @param arguments configuration and noise seed */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(Long.parseLong(arguments[1])))
                .listener(new RunListener() {
                    @Override
                    public void stageStarted(String stage, long total) {
                        System.err.println("stage: " + stage);
                    }
                })
                .run(RunConfiguration.load(Path.of(arguments[0]), List.of()));
        spark.stop();
    }
}
