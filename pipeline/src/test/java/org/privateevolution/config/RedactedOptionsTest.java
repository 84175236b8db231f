package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.RunSpec;

class RedactedOptionsTest {

    @Test
    void secretsAreKnownByTheirNames() {
        for (String name : List.of(
                "password",
                "dbPassword",
                "fs.s3a.secret.key",
                "fs.s3a.access.key",
                "awsAccessKeyId",
                "fs.azure.account.key.lake.dfs.core.windows.net",
                "fs.azure.sas.lake",
                "sasKey",
                "credentials",
                "sessionToken",
                "parquet.encryption.key.list",
                "apiKey")) {
            assertThat(RedactedOptions.of(Map.of(name, "hunter7713"))).as(name).containsValue("(redacted)");
        }
    }

    @Test
    void otherOptionsStay() {
        Map<String, String> options = Map.of(
                "header", "true", "sep", ";", "versionAsOf", "3", "url", "abfss://lake@account.dfs.core.windows.net/x");

        assertThat(RedactedOptions.of(options)).isEqualTo(options);
    }

    @Test
    void extensionsMayCountTokensAndHaveNone() {
        for (String name : List.of(
                "max_tokens",
                "maxNewTokens",
                "tokens",
                "tokenizer",
                "token_limit",
                "tokenColumn",
                "broken",
                "length")) {
            assertThat(RedactedOptions.isSecretOption(name)).as(name).isFalse();
        }
        for (String name : List.of(
                "token",
                "api_token",
                "hf-token",
                "apiToken",
                "API_TOKEN",
                "authtoken",
                "hftoken",
                "APITOKEN",
                "token_value",
                "accessTokenId",
                "auth_tokens",
                "password",
                "api_key")) {
            assertThat(RedactedOptions.isSecretOption(name)).as(name).isTrue();
        }
        assertThat(RedactedOptions.of(Map.of("tokens", "hunter7713"))).containsEntry("tokens", "(redacted)");
    }

    @Test
    void urlsLoseTheirPasswords() {
        assertThat(RedactedOptions.of(Map.of("url", "jdbc:postgresql://al:hunter@h/db?ssl=true&password=hunter&a=b")))
                .containsEntry("url", "jdbc:postgresql://(redacted)@h/db?ssl=true&password=(redacted)&a=b");
    }

    @Test
    void theFingerprintDoesNotDependOnSecretsAndDoesOnTheRest() {
        RunSpec one = delta("one", "1");
        RunSpec other = delta("other", "1");

        assertThat(Fingerprint.of(other)).isEqualTo(Fingerprint.of(one));
        assertThat(Fingerprint.of(delta("one", "2"))).isNotEqualTo(Fingerprint.of(one));
        assertThat(CanonicalConfiguration.yaml(one) + CanonicalConfiguration.json(one))
                .doesNotContain("one");
    }

    @Test
    void aConfigurationTakesNoSecretAmongTheOptionsOfItsReader() {
        assertThatThrownBy(() -> Configurations.minimal("private_data.options={password: hunter7713}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("password is not allowed")
                .hasMessageNotContaining("hunter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private_data.path", "private_data.store.path", "output.path", "privacy.ledger"})
    void aPathWithAPasswordIsRefusedWithoutShowingIt(String key) {
        assertThatThrownBy(() -> Configurations.minimal(key + "=s3a://AKIA:hunter7713@bucket/in"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("hunter");
    }

    /** As a program may make it, which is not held to the options that a configuration may have. */
    private static RunSpec delta(String password, String version) {
        RunSpec spec = Configurations.minimal();
        RunSpec.PrivateData data = spec.privateData();
        return new RunSpec(
                spec.name(),
                spec.seed(),
                new RunSpec.PrivateData(
                        "delta",
                        data.location(),
                        Map.of("password", password, "versionAsOf", version),
                        data.clientColumn(),
                        data.partitions(),
                        data.store()),
                spec.labels(),
                spec.privacy(),
                spec.evolution(),
                spec.vote(),
                spec.modality(),
                spec.evaluation(),
                spec.output());
    }
}
