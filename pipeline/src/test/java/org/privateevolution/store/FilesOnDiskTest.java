package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.StoreException;

/** Files that are read without Hadoop are those that Hadoop reads. */
class FilesOnDiskTest {

    @TempDir
    Path directory;

    private RunFiles hadoops() {
        return RunFiles.at(directory.resolve("run").toString(), new Configuration());
    }

    private FilesOnDisk ours() {
        return new FilesOnDisk(directory.resolve("run").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/b",
                "/a/b/",
                "a",
                "./a",
                "a/../b",
                "/a//b",
                "file:/a/b",
                "file:///a/b",
                "/a b/ü",
                "/a/b%20c",
                "/"
            })
    void aLocationIsCalledAsHadoopCallsIt(String location) {
        assertThat(new FilesOnDisk(location).location())
                .isEqualTo(RunFiles.at(location, new Configuration()).location());
        assertThat(new FilesOnDisk(location).in("c").location())
                .isEqualTo(RunFiles.at(location, new Configuration()).in("c").location());
    }

    @Test
    void whatHadoopWroteIsReadAndListed() throws IOException {
        hadoops().write("b.json", "größer ≥ 日本");
        hadoops().create("a.json", "1");
        hadoops().in("deep/er").write("c.json", "2");
        Files.writeString(directory.resolve("run/.b.json.tmp-0000"), "half");

        assertThat(ours().read("b.json")).contains("größer ≥ 日本");
        assertThat(ours().list()).isEqualTo(hadoops().list()).containsExactly("a.json", "b.json", "deep");
        assertThat(ours().in("deep").in("er").read("c.json")).contains("2");
    }

    @Test
    void whatDoesNotExistIsEmpty() {
        assertThat(ours().read("a.json")).isEmpty();
        assertThat(ours().list()).isEmpty();
    }

    @Test
    void aSymbolicLinkIsFollowed() throws IOException {
        hadoops().write("a.json", "1");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("run"));
        Files.createSymbolicLink(directory.resolve("run/b.json"), directory.resolve("run/a.json"));

        assertThat(new FilesOnDisk(directory.resolve("link").toString()).read("b.json"))
                .contains("1");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("run/a.json"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> ours().read("a.json"))
                .withMessageContainingAll("cannot read", directory + "/run/a.json");
    }

    @Test
    void aFileIsListedAsHadoopListsIt() throws IOException {
        String file = Files.writeString(directory.resolve("file"), "no folder").toString();

        assertThat(new FilesOnDisk(file).list())
                .isEqualTo(RunFiles.at(file, new Configuration()).list())
                .containsExactly("file");
    }

    @Test
    void aLedgerIsReadAndCannotBeCharged() {
        new Ledger(new FileLedgerStorage(hadoops())).charge(vote(1));
        Ledger read = new Ledger(new FileLedgerStorage(ours()));

        assertThat(read.entries())
                .isEqualTo(new Ledger(new FileLedgerStorage(hadoops())).entries())
                .hasSize(1);
        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> read.charge(vote(2)))
                .withMessageContaining("opened to be read only");
        assertThatIllegalStateException().isThrownBy(() -> new FileLedgerStorage(ours()).leases("run"));
    }

    private static Release vote(int number) {
        return new Release(
                "vote-" + number,
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                2,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.parse("2026-01-01T00:00:00Z"),
                "name",
                1e-5);
    }
}
