package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.BoolValue;
import org.sparkproject.connect.protobuf.StringValue;

/** What the plugin takes for its own; {@link ConnectTest} has the rest. */
class ConnectRunsTest {

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

    /** A client must not set whatever it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"spark.sql.shuffle.partitions", "private_evolution_", ""})
    void anAnswerUnderAnotherNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process("{\"private_evolution\": 1, \"reply\": \"" + name + "\"}"));
    }
}
