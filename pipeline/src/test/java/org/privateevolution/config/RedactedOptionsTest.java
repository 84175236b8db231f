package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    void urlsLoseTheirPasswords() {
        assertThat(RedactedOptions.of(Map.of("url", "jdbc:postgresql://al:hunter@h/db?ssl=true&password=hunter&a=b")))
                .containsEntry("url", "jdbc:postgresql://(redacted)@h/db?ssl=true&password=(redacted)&a=b");
    }

    @Test
    void theFingerprintDoesNotDependOnSecretsAndDoesOnTheRest() {
        RunSpec one = delta("password: one, versionAsOf: 1");
        RunSpec other = delta("password: other, versionAsOf: 1");

        assertThat(Fingerprint.of(other)).isEqualTo(Fingerprint.of(one));
        assertThat(Fingerprint.of(delta("password: one, versionAsOf: 2")))
                .isNotEqualTo(Fingerprint.of(one));
        assertThat(Fingerprint.identityWithSecrets(other)).isNotEqualTo(Fingerprint.identityWithSecrets(one));
        assertThat(CanonicalConfiguration.yaml(one) + CanonicalConfiguration.json(one))
                .doesNotContain("one");
    }

    @Test
    void aConfigurationThatARunWroteSaysWhichSecretToFillIn() {
        String written = CanonicalConfiguration.yaml(delta("password: hunter"));

        assertThatThrownBy(() -> RunConfiguration.parse(written, "configuration.yaml", List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("password is (redacted)")
                .hasMessageContaining("--set private_data.options.password=");
        assertThat(RunConfiguration.parse(
                                written, "configuration.yaml", List.of("private_data.options.password=hunter"))
                        .privateData()
                        .options())
                .containsEntry("password", "hunter");
    }

    @Test
    void aPathWithAPasswordIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> Configurations.minimal("private_data.path=s3a://AKIA:hunter7713@bucket/in"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("private_data.path")
                .hasMessageNotContaining("hunter");
    }

    /** The one format whose reader takes options of any name. */
    private static RunSpec delta(String options) {
        return Configurations.minimal("private_data={format: delta, path: in/customers, options: {" + options + "}}");
    }
}
