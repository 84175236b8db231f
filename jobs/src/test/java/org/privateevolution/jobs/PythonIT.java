package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the Python module and the Databricks notebooks, with the deployed jar on PySpark; the wheels; the tutorial and
 * the examples.
 */
@Tag("python")
class PythonIT {

    @TempDir
    Path directory;

    @Test
    void theModuleAndTheNotebooksRunOnPySpark() throws Exception {
        assertThat(output("scripts/test-python")).containsPattern("Ran [1-9][0-9]* tests");
    }

    @Test
    void theWheelsRunFromAnEmptyEnvironment() throws Exception {
        assertThat(output("scripts/test-wheels")).contains("the wheels work");
    }

    @Test
    void theTutorialWorks() throws Exception {
        assertThat(output("scripts/test-tutorial")).contains("the tutorial works");
    }

    @Test
    void theExamplesWork() throws Exception {
        assertThat(output("scripts/test-examples")).contains("the examples work");
    }

    private String output(String script) throws Exception {
        Path log = directory.resolve("python.log");
        Process tests = new ProcessBuilder(SparkHome.checkout().resolve(script).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(SparkHome.await(tests, log)).as(SparkHome.read(log)).isZero();
        return SparkHome.read(log);
    }
}
