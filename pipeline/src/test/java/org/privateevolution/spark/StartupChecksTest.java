package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.StoreException;

class StartupChecksTest {

    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    @Test
    void theJvmOfTheTestsServes() {
        StartupChecks here = StartupChecks.here();

        here.requirePlatform(1 << 20);
        assertThat(here.spark()).startsWith("4.");
        assertThat(here.scala()).startsWith("2.13.");
        assertThat(here.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(here.vectorModule()).as("surefire adds the module").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "3.5.6, 2.13.8, 17, 'Spark 3.5.6 is not supported: use Spark 4.0, 4.1 or 4.2, with Scala 2.13'",
        "4.0.1, 2.12.18, 17, Scala 2.12.18 is not supported: use a Spark that is built for Scala 2.13",
        "4.0.1, 2.13.16, 11, Java 11 is not supported: set JAVA_HOME to a JDK 17 or 21",
        "4.0.1, 2.13.16, 25, Java 25 is not supported by Spark 4.0.1: set JAVA_HOME to a JDK 17 or 21",
        "4.1.2, 2.13.17, 24, Java 24 is not supported by Spark 4.1.2: set JAVA_HOME to a JDK 17 or 21",
    })
    void aVersionThatDoesNotServeIsNamedWithOneThatDoes(String spark, String scala, int java, String line) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new StartupChecks(spark, scala, java, true, 4 * GIB).requirePlatform(0))
                .extracting(ConfigurationException::problems, list(String.class))
                .containsExactly(line);
    }

    @Test
    void everythingThatDoesNotServeIsSaidAtOnce() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new StartupChecks("3.5.6", "2.12.18", 11, false, 0).requirePlatform(0))
                .extracting(ConfigurationException::problems, list(String.class))
                .hasSize(4);
    }

    @Test
    void aHeapThatIsTooSmallForThePlanIsRefusedWithOneThatIsEnough() {
        assertThatCode(() -> heap(2 * GIB).requirePlatform(GIB)).doesNotThrowAnyException();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> heap(GIB).requirePlatform(5 * GIB / 2))
                .withMessageContaining("heap of 1024 MiB is too small for this run, which takes about 2560 MiB")
                .withMessageContaining("--driver-memory 3g");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> heap(GIB + (299L << 20)).requirePlatform(GIB));
        assertThatCode(() -> heap(GIB + (300L << 20)).requirePlatform(GIB)).doesNotThrowAnyException();
    }

    @Test
    void whatServesLessWellIsANotice() {
        assertThat(heap(GIB).notices()).isEmpty();
        assertThat(new StartupChecks("4.0.1", "2.13.16", 17, false, GIB).notices())
                .singleElement()
                .asString()
                .contains("plain Java", "--add-modules=jdk.incubator.vector");
        for (String tested : List.of("4.0.2", "4.1.2", "4.2.0")) {
            assertThat(new StartupChecks(tested, "2.13.18", 21, true, GIB).notices())
                    .isEmpty();
        }
        assertThat(new StartupChecks("4.3.0", "2.13.18", 25, true, GIB).notices())
                .containsExactly("Spark 4.3.0 was not tested: 4.0, 4.1 and 4.2 are supported");
        assertThatCode(() -> new StartupChecks("4.2.0", "2.13.18", 25, true, GIB).requirePlatform(0))
                .doesNotThrowAnyException();
    }

    @Test
    void storageThatServesIsLeftAsItWas() throws IOException {
        Path ledgers = Files.createDirectory(directory.resolve("ledgers"));

        StartupChecks.requireStorage(
                TestSession.spark(), spec(directory.resolve("new/out"), ledgers.resolve("customers")));

        assertThat(ledgers).isEmptyDirectory();
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void outputOrLedgerThatCannotBeWrittenIsNamedByItsKey() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StartupChecks.requireStorage(
                        TestSession.spark(), spec(file.resolve("out"), directory.resolve("ledger"))))
                .withMessageStartingWith("output.path: cannot write to file:" + file.resolve("out"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StartupChecks.requireStorage(
                        TestSession.spark(), spec(directory.resolve("out"), file.resolve("ledger"))))
                .withMessageStartingWith("privacy.ledger: cannot write to file:" + file.resolve("ledger"))
                .withMessageEndingWith("choose another, or give this driver permission to write it");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    /** As notebooks give credentials. */
    @Test
    void whatIsSetOnTheSessionCountsForStorage() {
        SparkSession session = TestSession.spark().newSession();
        session.conf().set("fs.lake.impl", "org.example.LakeFileSystem");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StartupChecks.requireStorage(
                        session,
                        RunConfiguration.parse(
                                Customers.yaml("private", "lake://bucket/out"), "customers.yaml", List.of())))
                .withMessageContaining("org.example.LakeFileSystem");
    }

    private static StartupChecks heap(long bytes) {
        return new StartupChecks("4.0.1", "2.13.16", 21, true, bytes);
    }

    private RunSpec spec(Path output, Path ledger) {
        return Customers.spec(directory.resolve("data"), output, "privacy.ledger=" + ledger);
    }
}
