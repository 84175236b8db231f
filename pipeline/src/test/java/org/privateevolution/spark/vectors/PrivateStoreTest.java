package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spi.StoreException;

class PrivateStoreTest {

    private static final String KEY = "7f".repeat(32);
    private static final String OTHER_KEY = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsItsOwnersAlone() throws IOException {
        PrivateStore store = store("key", "");
        store.open();
        write(store);

        List<Path> made;
        try (Stream<Path> files = Files.walk(folder.resolve("out-private"))) {
            made = files.toList();
        }
        assertThat(made).hasSizeGreaterThan(4).allSatisfy(path -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }

    @Test
    void aFolderThatIsPublishedOrHoldsWhatIsPublishedIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("out"));
        for (String path :
                List.of("out", "out/private", "out/store/../private", "", "ledger/private", "link/private")) {
            assertThatThrownBy(() -> PrivateStore.of(
                            spark,
                            spec(
                                    "private_data.store.path=" + folder.resolve(path),
                                    "privacy.ledger=" + folder.resolve("ledger"))))
                    .as(path)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("private_data.store.path");
        }
        PrivateStore.of(spark, spec("private_data.store.path=" + folder.resolve("output")));
    }

    @Test
    void aFolderOfSomethingElseIsRefusedAndNeverRemoved() throws IOException {
        Path other = Files.createDirectories(folder.resolve("home"));
        Files.writeString(other.resolve("thesis.tex"), "years of work");
        PrivateStore store = PrivateStore.of(spark, spec("private_data.store.path=" + other));

        assertThatThrownBy(store::open).isInstanceOf(StoreException.class).hasMessageContaining("contains other files");
        store.remove();

        assertThat(other.resolve("thesis.tex")).exists();
    }

    @Test
    void removingTakesEverything() {
        PrivateStore store = store("key", "");
        store.open();
        write(store);

        store.remove();

        assertThat(folder.resolve("out-private")).doesNotExist();
        store.remove();
    }

    @Test
    void removingTakesWhatALinkLeadsTo() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Files.createSymbolicLink(folder.resolve("out-private"), disk);
        PrivateStore store = store("key", "");
        store.open();
        write(store);

        store.remove();

        assertThat(disk).isEmptyDirectory();
        assertThat(folder.resolve("out-private")).doesNotExist();
    }

    @Test
    void encryptedFilesHoldNoValueAndAreReadWithTheirKeyAlone() throws IOException {
        PrivateStore store = store("key", KEY);
        store.open();
        String location = write(store);
        write(store("key", ""), location + "-plain");

        assertThat(content(location)).startsWith("PARE").doesNotContain("okapi", KEY, "private-value");
        // The search would find them.
        assertThat(content(location + "-plain")).startsWith("PAR1").contains("jerboa7713-3", "private-value");
        assertThat(read(store, location)).hasSize(7).anyMatch(row -> row.getString(0)
                .equals("jerboa7713-3"));
        assertThatThrownBy(() -> read(store("key", ""), location)).isNotNull();
        assertThatThrownBy(() -> read(store("key", OTHER_KEY), location)).hasStackTraceContaining("Tag mismatch");
    }

    @Test
    void embeddingsUnderAnotherKeySayWhichKeyIsWrong() {
        RunSpec spec = spec("private_data.store.key_env=key");
        assertThat(kept(spec, KEY).blocks().count()).isPositive();

        assertThatThrownBy(() -> kept(spec, OTHER_KEY))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("private_data.store.key_env")
                .hasMessageNotContainingAny(KEY, OTHER_KEY, "okapi");
    }

    private PrivateVectors kept(RunSpec spec, String key) {
        PrivateStore store = PrivateStore.of(spec, SessionFiles.configuration(spark), name -> key);
        PrivateColumns columns = PrivateColumns.ofVectors(spec, "vector");
        Dataset<Row> records = spark.range(7)
                .selectExpr("array(1f, 2f) vector", "'ham' label", "cast(null as string) " + TextRecords.PROBLEM);
        return new KeptVectors(spark, spec, 2, store)
                .of("name", records, columns, new RecordVectors.Given(new PrecomputedVectors("vector", 2)), "keep");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutShowingIt() {
        for (String key : List.of("", "secret", KEY + "7f", KEY.substring(2), "zz" + KEY.substring(2))) {
            assertThatThrownBy(() -> PrivateStore.of(
                            spec("private_data.store.key_env=THE_KEY"), SessionFiles.configuration(spark), name -> key))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("THE_KEY contains no key of 256 bits")
                    .hasMessageNotContainingAny("secret", KEY.substring(2));
        }
        assertThatThrownBy(() -> PrivateStore.of(spark, spec("private_data.store.key_env=NO_SUCH_KEY_7713")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NO_SUCH_KEY_7713 is not set");
    }

    @Test
    void pseudonymsTellClientsApartAndNothingElse() {
        ClientPseudonyms pseudonyms = ClientPseudonyms.drawn();

        assertThat(pseudonyms.of("alice-31"))
                .isEqualTo(pseudonyms.of("alice-31"))
                .isNotEqualTo(pseudonyms.of("alice-32"))
                .isNotEqualTo(ClientPseudonyms.drawn().of("alice-31"))
                .matches("[0-9a-f]{64}");
        assertThat(pseudonyms.of(7L)).isEqualTo(pseudonyms.of(7L)).isNotEqualTo(pseudonyms.of(8L));
        assertThat(pseudonyms.of(null)).isNull();
    }

    private RunSpec spec(String... overrides) {
        return Mails.corpusRun(folder.resolve("private.jsonl"), folder.resolve("out"), overrides);
    }

    private PrivateStore store(String variable, String key) {
        RunSpec spec = key.isEmpty() ? spec() : spec("private_data.store.key_env=" + variable);
        return PrivateStore.of(spec, SessionFiles.configuration(spark), name -> key);
    }

    private String write(PrivateStore store) {
        String location = store.in("embeddings").location() + "/values";
        write(store, location);
        store.close(store.in("embeddings").location());
        return location;
    }

    private void write(PrivateStore store, String location) {
        spark.range(0, 7, 1, 1)
                .selectExpr("concat('jerboa7713-', id) as `private-value`")
                .write()
                .option("compression", "uncompressed")
                .options(store.options())
                .parquet(location);
    }

    private List<Row> read(PrivateStore store, String location) {
        return store.reader(spark).parquet(location).collectAsList();
    }

    private static String content(String location) throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(java.net.URI.create(location).getPath()))) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }
}
