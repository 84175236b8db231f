package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.fixtures.TestSession;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.BoolValue;
import org.sparkproject.connect.protobuf.StringValue;

/** Tests which requests the plugin accepts as its own; {@link ConnectTest} tests the rest. */
class ConnectRunsTest {

    /** Other tests configure sessions of their own. */
    @AfterAll
    static void stop() {
        TestSession.spark().stop();
    }

    private static boolean process(String request) {
        return new ConnectRuns().process(Any.pack(StringValue.of(request)).toByteArray(), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "42", "null", "{\"action\": \"run\"}"})
    void textsOfOtherPluginsAreLeftToThem(String request) {
        assertThat(process(request)).isFalse();
    }

    @Test
    void otherMessagesAreLeftToOtherPlugins() {
        assertThat(new ConnectRuns().process(Any.pack(BoolValue.of(true)).toByteArray(), null))
                .isFalse();
        assertThat(new ConnectRuns().process("no message".getBytes(StandardCharsets.UTF_8), null))
                .isFalse();
    }

    /** A client must not be able to set arbitrary properties. */
    @ParameterizedTest
    @ValueSource(strings = {"spark.sql.shuffle.partitions", "private_evolution_", ""})
    void anAnswerUnderAnotherNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process("{\"private_evolution\": 1, \"reply\": \"" + name + "\"}"));
    }

    private static String checked(Path configuration, String... overrides) {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put(ConnectRuns.PROTOCOL, 1)
                .put("action", "check")
                .put("location", configuration.toString());
        ArrayNode changes = request.putArray("overrides");
        List.of(overrides).forEach(changes::add);
        return new ConnectRuns().answer(TestSession.spark(), request, "unused").toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private_data.store.key_env=PATH",
                "tracking={mlflow: {uri: \"https://elsewhere.example\"}}",
                "text={columns: [note], prompts: {random: r, variation: v}, chat: {endpoints: [{url:"
                        + " \"https://elsewhere.example/v1\", model: m, key_env: PATH}]}}",
                "text={columns: [note], prompts: {random: r, variation: v}, chat: {endpoints: [{url:"
                        + " \"https://elsewhere.example/v1\", model: m, key_file: /etc/hostname}]}}",
            })
    void aClientNamesNoSecretOfTheServer(String setting, @TempDir Path folder) {
        boolean ofTexts = setting.startsWith("text");
        Path configuration = ofTexts ? Inputs.textConfiguration(folder) : Inputs.configuration(folder);
        if (!ofTexts) {
            Inputs.people(folder);
        }
        SparkSession spark = TestSession.spark();
        String refused = "is not allowed to clients of Spark Connect";

        // A client can set any property of its session.
        spark.conf().set(ConnectRuns.SECRETS, ConnectRuns.ALLOW);
        try {
            assertThat(checked(configuration, setting)).contains(refused, "--conf " + ConnectRuns.SECRETS + "=allow");
        } finally {
            spark.conf().unset(ConnectRuns.SECRETS);
        }
        spark.sparkContext().conf().set(ConnectRuns.SECRETS, ConnectRuns.ALLOW);
        try {
            assertThat(checked(configuration, setting)).doesNotContain(refused);
        } finally {
            spark.sparkContext().conf().remove(ConnectRuns.SECRETS);
        }
    }

    /** A client may name any class on the server's class path. */
    @Test
    void anExternalCommandIsServedOnlyWhereTheServerNamesThePlugin(@TempDir Path folder) throws IOException {
        Inputs.people(folder);
        String configuration = Files.readString(Inputs.configuration(folder));
        SparkSession spark = TestSession.spark();
        RemoteRuns runs = RemoteRuns.on(spark);

        assertThatThrownBy(() -> runs.check(configuration, List.of()))
                .isInstanceOf(RemoteRunException.class)
                .hasMessageContaining("does not serve it to clients");
        spark.sparkContext().conf().set(ConnectRuns.PLUGINS, "other.Plugin, " + ConnectRuns.class.getName());
        try {
            runs.check(configuration, List.of());
            assertThatThrownBy(() -> runs.check(configuration, List.of("privacy.delta=7")))
                    .isInstanceOf(RemoteRunException.class)
                    .hasMessageContaining("privacy.delta");
            assertThatThrownBy(() -> runs.check(configuration, List.of("private_data.store.key_env=PATH")))
                    .hasMessageContaining("is not allowed to clients of Spark Connect");
        } finally {
            spark.sparkContext().conf().remove(ConnectRuns.PLUGINS);
        }
    }

    @Test
    void aConfigurationWithoutSecretsIsServed(@TempDir Path folder) {
        Inputs.people(folder);

        assertThat(checked(Inputs.configuration(folder))).isEqualTo("{}");
    }
}
