package org.privateevolution.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run on HDFS: a name node and a data node in this process. */
class HdfsFilesTest {

    @TempDir
    static Path directory;

    private static MiniDFSCluster hdfs;

    @BeforeAll
    static void start() throws Exception {
        hdfs = new MiniDFSCluster.Builder(new Configuration(), directory.toFile()).build();
    }

    @AfterAll
    static void stop() {
        hdfs.shutdown();
    }

    private static RunFiles files(String run) {
        return RunFiles.at(hdfs.getURI() + "/runs/" + run, new Configuration());
    }

    @Test
    void filesAreWrittenReadListedAndReplaced() {
        RunFiles files = files("one");
        assertThat(files.list()).isEmpty();
        assertThat(files.read("a.json")).isEmpty();
        files.write("a.json", "one");
        files.write("a.json", "two");
        files.in("deep/er").write("b.json", "ünï");

        assertThat(files.read("a.json")).contains("two");
        assertThat(files.in("deep/er").read("b.json")).contains("ünï");
        assertThat(files.list()).containsExactly("a.json", "deep");
    }

    /** A lease that is not there for a moment would be taken by another driver. */
    @Test
    void aFileThatIsReplacedIsAlwaysThere() throws Exception {
        RunFiles files = files("replaced");
        files.write("lease.json", "0");
        ExecutorService reader = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<Integer> misses = reader.submit(() -> {
                int missing = 0;
                while (!over.get()) {
                    missing += files.read("lease.json").isEmpty() ? 1 : 0;
                }
                return missing;
            });
            for (int write = 1; write <= 200; write++) {
                files.write("lease.json", Integer.toString(write));
            }
            over.set(true);

            assertThat(misses.get()).isZero();
        } finally {
            over.set(true);
            reader.shutdownNow();
        }
        assertThat(files.list()).containsExactly("lease.json");
    }

    @Test
    void ofManyWhoCreateAFileOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try {
            for (int round = 0; round < 5; round++) {
                String name = "round-" + round + ".json";
                List<Callable<Boolean>> rivals = new ArrayList<>();
                for (int rival = 0; rival < 7; rival++) {
                    String content = "rival " + rival;
                    rivals.add(() -> files("raced").create(name, content));
                }
                int winners = 0;
                for (Future<Boolean> created : threads.invokeAll(rivals)) {
                    winners += created.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
