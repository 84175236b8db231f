package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the files of a run promise on every file system. */
interface RunFilesContract {

    /** Files that no other test has; each call opens the file system as another driver would. */
    RunFiles files();

    /** How often creators race; where a file costs little, more often. */
    default int races() {
        return 5;
    }

    /** How often a file is replaced while it is read. */
    default int replacements() {
        return 20;
    }

    @Test
    default void whatIsWrittenIsReadBack() {
        String text = "größer ≥ 日本 \uD83D\uDE80\n";
        files().write("a.json", text);
        files().in("deep/er").write("b.json", text);

        assertThat(files().read("a.json")).contains(text);
        assertThat(files().in("deep/er").read("b.json")).contains(text);
        assertThat(files().list()).containsExactly("a.json", "deep");
    }

    @Test
    default void whatDoesNotExistIsEmpty() {
        assertThat(files().read("a.json")).isEmpty();
        assertThat(files().list()).isEmpty();
        files().removeTemporaries();
    }

    @Test
    default void aSecondWriteReplacesTheFirst() {
        files().write("a.json", "first, and longer");
        files().write("a.json", "second");

        assertThat(files().read("a.json")).contains("second");
        assertThat(files().list()).containsExactly("a.json");
    }

    @Test
    default void listIsSorted() {
        List.of("c", "a", "b").forEach(name -> files().write(name, name));

        assertThat(files().list()).containsExactly("a", "b", "c");
        assertThat(files().in("a-directory").list()).isEmpty();
    }

    @Test
    default void createLeavesAnExistingFileAlone() {
        assertThat(files().create("a.json", "first")).isTrue();
        assertThat(files().create("a.json", "second")).isFalse();

        assertThat(files().read("a.json")).contains("first");
        assertThat(files().list()).containsExactly("a.json");
    }

    @Test
    default void oneOfSeveralRacingCreatorsWins() throws Exception {
        int threads = 7;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < races(); round++) {
                String name = "entry-" + round;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Callable<Boolean>> creators = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    RunFiles rival = files();
                    String content = "of thread " + thread;
                    creators.add(() -> {
                        start.await();
                        return rival.create(name, content);
                    });
                }
                List<Integer> winners = new ArrayList<>();
                List<Future<Boolean>> outcomes = executor.invokeAll(creators);
                for (int thread = 0; thread < threads; thread++) {
                    if (outcomes.get(thread).get()) {
                        winners.add(thread);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(files().read(name)).contains("of thread " + winners.get(0));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** A lease that is not there for a moment would be taken by another driver. */
    @Test
    default void aFileThatIsReplacedIsAlwaysThereAndWhole() throws Exception {
        RunFiles files = files();
        String one = "1".repeat(1_000_003);
        String two = "2".repeat(700_001);
        List<String> large = List.of(one, two);
        List<String> small = List.of("3", "44");
        files.write("a.json", one);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                try {
                    for (int i = 0; i < replacements(); i++) {
                        files.write("a.json", (i < 20 ? large : small).get(i % 2));
                    }
                } finally {
                    done.set(true);
                }
            });
            while (!done.get()) {
                assertThat(files.read("a.json")).hasValueSatisfying(content -> assertThat(content.length())
                        .isIn(one.length(), two.length(), 1, 2));
                assertThat(files.list()).containsExactly("a.json");
            }
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }
}
