package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.MutableClock;

/** Runs whose driver's clock jumps by hours between stages. What other drivers see of it: {@code DriverLeaseTest}. */
class ClockJumpTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    @Test
    void aClockThatJumpsChangesNothing() throws Exception {
        Path data = directory.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        RunResult steady = PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(3))
                .run(Customers.spec(data, directory.resolve("steady")));
        MutableClock clock = new MutableClock();
        Duration[] jumps = {Duration.ofHours(5), Duration.ofHours(-19), Duration.ofDays(400), Duration.ofDays(-900)};
        RunSpec spec = Customers.spec(data, directory.resolve("jumping"));

        RunResult jumping = PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(3))
                .clock(clock)
                .listener(new RunListener() {
                    private int stages;

                    @Override
                    public void stageStarted(String stage, long total) {
                        clock.advance(jumps[stages++ % jumps.length]);
                    }
                })
                .run(spec);

        assertThat(jumping.synthetic().collectAsList())
                .isEqualTo(steady.synthetic().collectAsList());
        assertThat(votes("jumping")).hasSize(2).isEqualTo(votes("steady"));
        assertThat(jumping.guarantee().charges()).hasSize(2);
        assertThat(jumping.guarantee().epsilon()).isEqualTo(steady.guarantee().epsilon());

        // The lease was given back, whatever its time says; the next driver has nothing to do.
        RunResult again = PrivateEvolution.on(spark).run(spec);
        assertThat(again.guarantee().charges()).isEqualTo(jumping.guarantee().charges());
    }

    private Map<String, String> votes(String run) throws Exception {
        Map<String, String> votes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve(run + "/store/releases"))) {
            for (Path file : files.toList()) {
                votes.put(file.getFileName().toString(), Files.readString(file).replaceAll("\"run\":\"[^\"]*\"", ""));
            }
        }
        return votes;
    }
}
