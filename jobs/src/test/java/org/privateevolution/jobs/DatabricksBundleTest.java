package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that everything the asset bundle names exists. */
class DatabricksBundleTest {

    private static final Path BUNDLE = Path.of("..", "examples", "databricks", "databricks.yml");

    @ParameterizedTest
    @ValueSource(strings = {"tables", "texts"})
    void aJobRunsTheCommandLineOnAClusterWithAJvmOfItsOwn(String name) throws IOException {
        JsonNode job = bundle().at("/resources/jobs/" + name);

        assertThat(job.path("max_concurrent_runs").asInt()).isEqualTo(1);
        JsonNode task = job.at("/tasks/0");
        assertThat(task.at("/spark_jar_task/main_class_name").asText()).isEqualTo(Pe.class.getName());
        assertThat(task.at("/spark_jar_task/parameters"))
                .extracting(JsonNode::asText)
                .containsExactly("run", "${var.configuration}");
        assertThat(task.at("/libraries/0/jar").asText()).startsWith("${var.");
        JsonNode cluster = job.at("/job_clusters/0/new_cluster");
        assertThat(task.path("job_cluster_key")).isEqualTo(job.at("/job_clusters/0/job_cluster_key"));
        assertThat(cluster.path("data_security_mode").asText()).isEqualTo("SINGLE_USER");
    }

    @Test
    void keysComeFromASecretScope() throws IOException {
        assertThat(bundle().at("/resources/jobs/texts/job_clusters/0/new_cluster/spark_env_vars/ENDPOINT_KEY")
                        .asText())
                .isEqualTo("{{secrets/${var.secret_scope}/${var.secret_key}}}");
        assertThat(bundle().at("/resources/jobs/tables").toString()).doesNotContain("secrets");
    }

    @Test
    void everyVariableIsDeclaredWithADefault() throws IOException {
        List<String> used = java.util.regex.Pattern.compile("\\$\\{var\\.(\\w+)}")
                .matcher(Files.readString(BUNDLE))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(used).isNotEmpty();
        assertThat(bundle().path("variables").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(used);
        assertThat(bundle().path("variables")).allMatch(variable -> variable.has("default"));
    }

    /** With the anchors of YAML resolved. */
    private static JsonNode bundle() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        return yaml.valueToTree(new org.yaml.snakeyaml.Yaml().load(Files.readString(BUNDLE)));
    }
}
