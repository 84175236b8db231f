package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriverSecretsTest {

    private static List<String> named(String yaml, String... overrides) {
        return DriverSecrets.named(RunConfiguration.parse(yaml, "run.yaml", List.of(overrides)));
    }

    @Test
    void aConfigurationThatNamesNoneHasNone() {
        assertThat(named(Configurations.MINIMAL)).isEmpty();
    }

    @Test
    void keysAreFoundInListsAndGroups() {
        assertThat(
                        named(
                                """
                        private_data: {format: parquet, path: in/x, store: {key_env: STORE_KEY}}
                        privacy: {epsilon: 1, delta: 1e-5}
                        evolution: {samples: 7, votes: 3}
                        text:
                          columns: [t]
                          prompts: {random: r, variation: v}
                          chat:
                            endpoints:
                              - {url: "https://a.example/v1", model: m}
                              - {url: "https://b.example/v1", model: m, key_env: KEY}
                              - {url: "https://c.example/v1", model: m, key_file: /run/key}
                        output: {path: out/x}
                        tracking: {mlflow: {uri: "https://d.example"}}
                        """))
                .containsExactlyInAnyOrder(
                        "private_data.store.key_env",
                        "text.chat.endpoints.1.key_env",
                        "text.chat.endpoints.2.key_file",
                        "tracking");
    }

    /** A setting that is added and names one would else be left to clients. */
    @Test
    void everySettingThatSpeaksOfTheEnvironmentOrAKeyIsKnown() {
        Stream<String> speaking = Settings.all().stream()
                .filter(setting ->
                        setting.meaning().matches("(?s).*([Ee]nvironment variable|contains (only )?the key).*"))
                .map(Setting::path);

        assertThat(speaking.toList())
                .hasSizeGreaterThan(5)
                .allMatch(path ->
                        path.endsWith(".key_env") || path.endsWith(".key_file") || path.startsWith("tracking."));
    }
}
