package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationJournal.Entry;
import org.privateevolution.spi.StoreException;

class FileJournalTest {

    private static final Entry ROW = new Entry("g0.l0.n0", new TableRow(new double[] {1.5, TableRow.NULL, -3}), "");
    private static final Entry TEXT = new Entry("g0.l0.n1", new Text("two lines\n\u2028 \"quoted\" \uD83D\uDE80"), "");
    private static final Entry REJECTED = new Entry("g0.l1.n0", null, "content filter: \"no\"\n");

    @TempDir
    Path directory;

    private RunFiles files;

    @BeforeEach
    void open() {
        files = RunFiles.at(directory.resolve("journal").toString(), new Configuration());
    }

    @Test
    void answersAreReadBackByTheNextDriver() {
        FileJournal journal = new FileJournal(files, () -> {});
        journal.append(List.of(ROW));
        journal.append(List.of(TEXT, REJECTED));

        assertThat(journal.entries().values()).containsExactlyInAnyOrder(ROW, TEXT, REJECTED);
        assertThat(new FileJournal(files, () -> {}).entries()).isEqualTo(journal.entries());
    }

    @Test
    void anEmptyJournalHasNoEntries() {
        assertThat(new FileJournal(files, () -> {}).entries()).isEmpty();
    }

    @Test
    void aSecondJournalKeepsWhatTheFirstWrote() {
        FileJournal first = new FileJournal(files, () -> {});
        FileJournal second = new FileJournal(files, () -> {});
        first.append(List.of(ROW));
        second.append(List.of(TEXT));
        new FileJournal(files, () -> {}).append(List.of(REJECTED));

        assertThat(new FileJournal(files, () -> {}).entries().values()).containsExactlyInAnyOrder(ROW, TEXT, REJECTED);
    }

    @Test
    void manyAppendsLeaveFewFiles() {
        FileJournal journal = new FileJournal(files, () -> {});
        int appends = FileJournal.MERGED * FileJournal.MERGED + FileJournal.MERGED + 5;
        for (int n = 0; n < appends; n++) {
            journal.append(List.of(new Entry("r" + n, new Text("text " + n), "")));
        }

        assertThat(files.list()).hasSize(1 + 1 + 5);
        Map<String, Entry> again = new FileJournal(files, () -> {}).entries();
        assertThat(again).hasSize(appends).isEqualTo(journal.entries());
    }

    /** The next driver goes on merging what the last one left. */
    @Test
    void journalsOfSeveralDriversAreMerged() {
        for (int n = 0; n < FileJournal.MERGED; n++) {
            new FileJournal(files, () -> {}).append(List.of(new Entry("r" + n, new Text("text " + n), "")));
        }

        assertThat(files.list()).hasSize(1).first().asString().startsWith("merged-1-");
        assertThat(new FileJournal(files, () -> {}).entries()).hasSize(FileJournal.MERGED);
    }

    @Test
    void whatADeathBetweenMergingAndRemovingLeavesIsReadOnce() throws IOException {
        FileJournal journal = new FileJournal(files, () -> {});
        for (int n = 0; n < FileJournal.MERGED - 1; n++) {
            journal.append(List.of(new Entry("r" + n, new Text("text " + n), "")));
        }
        Map<String, String> before = new HashMap<>();
        files.list().forEach(name -> before.put(name, files.read(name).orElseThrow()));
        journal.append(List.of(REJECTED));
        before.forEach(files::write);

        FileJournal next = new FileJournal(files, () -> {});
        assertThat(next.entries()).isEqualTo(journal.entries());
        next.append(List.of(ROW));
        assertThat(files.list()).hasSize(2);
        assertThat(new FileJournal(files, () -> {}).entries())
                .hasSize(FileJournal.MERGED + 1)
                .isEqualTo(next.entries());
    }

    @Test
    void whoMustNotRemoveFilesKeepsThem() throws IOException {
        FileJournal journal = new FileJournal(files, () -> {});
        // A directory that is not empty is not removed as a file is.
        for (int n = 0; n < FileJournal.MERGED - 1; n++) {
            journal.append(List.of(new Entry("r" + n, new Text("text " + n), "")));
        }
        String kept = files.list().get(3);
        Path file = directory.resolve("journal").resolve(kept);
        Files.delete(file);
        Files.createDirectories(file.resolve("not-empty"));

        journal.append(List.of(ROW));

        assertThat(files.list()).hasSize(2);
        assertThat(journal.entries()).hasSize(FileJournal.MERGED);
    }

    @Test
    void damageIsNamed() {
        for (String damaged : List.of(
                "{\"request\":\"a\"",
                "{\"request\":\"a\"}",
                "{\"row\":[1]}",
                "{\"request\":\"a\",\"row\":[\"x\"]}",
                "7")) {
            files.write("part-000000.jsonl", damaged + "\n");

            assertThatExceptionOfType(StoreException.class)
                    .as(damaged)
                    .isThrownBy(() -> new FileJournal(files, () -> {}))
                    .withMessageContainingAll("part-000000.jsonl", "is damaged");
        }
    }
}
