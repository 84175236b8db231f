package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.S3Server;
import org.privateevolution.store.S3Server.Fate;

/**
 * What {@link ReleaseProtocolTest} shows for files, for a run whose store and ledger are on S3: no release has two
 * histograms.
 */
class S3ProtocolTest {

    private static final String STORE = "s3a://lake/run/store";
    private static final String COPY = "s3a://lake/copy/store";
    private static final String LEDGER = "s3a://lake/ledger";
    private static final List<String> RELEASES = List.of("label-counts.json", "vote-001.json", "vote-002.json");

    private S3Server server;
    private Configuration hadoop;
    private FileSystem lake;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start("lake");
        hadoop = server.hadoop();
        lake = new Path(STORE).getFileSystem(hadoop);
    }

    @AfterEach
    void stop() throws IOException {
        lake.close();
        server.close();
    }

    private RunFiles files(String location) {
        return RunFiles.at(location, hadoop);
    }

    private void drive(String store) {
        DryRun.drive(files(store), new FileLedgerStorage(files(LEDGER)), UnaryOperator.identity());
    }

    private Map<String, String> releases(String store) {
        RunFiles releases = files(store).in("releases");
        Map<String, String> contents = new TreeMap<>();
        releases.list().forEach(name -> contents.put(name, releases.read(name).orElseThrow()));
        return contents;
    }

    private int charges() {
        return new Ledger(new FileLedgerStorage(files(LEDGER))).entries().size();
    }

    /** A run whose driver could not charge the first vote, and stopped. */
    private void stopAfterTheLabelCounts() {
        server.fail((method, number, path) ->
                method.equals("PUT") && path.contains("entry-000002") ? Fate.ERROR_500 : Fate.SERVED);
        assertThatThrownBy(() -> drive(STORE)).isInstanceOf(PrivacyException.class);
        server.fail((method, number, path) -> Fate.SERVED);
        assertThat(releases(STORE)).containsOnlyKeys(RELEASES.get(0));
    }

    private void copy(String from, String to) throws IOException {
        lake.delete(new Path(to), true);
        assertThat(FileUtil.copy(lake, new Path(from), lake, new Path(to), false, hadoop))
                .isTrue();
    }

    @Test
    void aRunWhoseStoreIsRolledBackReleasesOnce() throws IOException {
        stopAfterTheLabelCounts();
        copy(STORE, COPY);
        drive(STORE);
        Map<String, String> released = releases(STORE);
        assertThat(released).containsOnlyKeys(RELEASES);

        lake.delete(new Path(STORE + "/releases/" + RELEASES.get(2)), false);
        lake.delete(new Path(STORE + "/iteration-002"), true);
        drive(STORE);
        assertThat(releases(STORE)).isEqualTo(released);

        // The second vote was on a population that this store never had.
        copy(COPY, STORE);
        assertThatThrownBy(() -> drive(STORE))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("is no longer in the store");
        assertThat(charges()).isEqualTo(RELEASES.size());
    }

    @Test
    void aRunWhoseCopiesRunAtTheSameTimeReleasesOnce() throws Exception {
        stopAfterTheLabelCounts();
        copy(STORE, COPY);
        List<Callable<Boolean>> both = new ArrayList<>();
        for (String store : List.of(STORE, COPY)) {
            both.add(() -> {
                try {
                    drive(store);
                    return true;
                } catch (PrivacyException | StoreException refused) {
                    return false;
                }
            });
        }
        ExecutorService drivers = Executors.newFixedThreadPool(2);
        int finished = 0;
        try {
            for (Future<Boolean> driver : drivers.invokeAll(both)) {
                finished += driver.get() ? 1 : 0;
            }
        } finally {
            drivers.shutdownNow();
        }

        assertThat(finished).isPositive();
        assertThat(charges()).isEqualTo(RELEASES.size());
        Map<String, String> released = new TreeMap<>(releases(STORE));
        released.putAll(releases(COPY));
        assertThat(released).containsOnlyKeys(RELEASES);
        for (String store : List.of(STORE, COPY)) {
            assertThat(released).containsAllEntriesOf(releases(store));
        }
    }

    @Test
    void withoutLeasesTheFirstHistogramCounts() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<NoisyHistogram> used = DryRun.withoutLeases(files(STORE + round), files(LEDGER));

            assertThat(used).isNotEmpty();
            assertThat(used.stream().distinct()).hasSize(1);
            assertThat(charges()).isEqualTo(round + 1);
        }
    }
}
