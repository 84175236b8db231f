package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeCommandTest {

    @Test
    void itIsTypedAsTheFirstCommandWas() {
        assertThat(ResumeCommand.of(List.of("run", "conf/quickstart.yaml", "--set", "privacy.epsilon=2"), false))
                .isEqualTo("pe run conf/quickstart.yaml --set privacy.epsilon=2");
        assertThat(ResumeCommand.of(List.of("run", "s3a://lake/people.yaml"), true))
                .isEqualTo("scripts/submit [the same options] -- run s3a://lake/people.yaml");
    }

    @Test
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(ResumeCommand.of(List.of("run", "my run.yaml", "--set", "name=Ann's [1, 2]"), false))
                .isEqualTo("pe run 'my run.yaml' --set 'name=Ann'\\''s [1, 2]'");
    }

    @Test
    void settingsAreNoSecrets() {
        List<String> arguments = List.of(
                "run",
                "a.yaml",
                "--set",
                "text.sampling.max_completion_tokens=200",
                "--set=text.chat.limits.tokens_per_minute=9");

        assertThat(ResumeCommand.of(arguments, false)).isEqualTo("pe " + String.join(" ", arguments));
    }

    @Test
    void secretsAreLeftOut() {
        assertThat(ResumeCommand.of(
                        List.of(
                                "run",
                                "a.yaml",
                                "--conf",
                                "spark.hadoop.fs.s3a.secret.key=hush",
                                "--conf=spark.hadoop.fs.s3a.access.key=hush",
                                "--conf",
                                "spark.my.Password=hush=hush",
                                "--conf=spark.x.passphrase=hush",
                                "--conf",
                                "spark.hadoop.fs.azure.account.key.lake.dfs.core.windows.net=hush",
                                "--conf",
                                "fs.gs.auth.service.account.private.key=hush",
                                "--set",
                                "text.chat.api_key=hush"),
                        false))
                .isEqualTo("pe run a.yaml --conf spark.hadoop.fs.s3a.secret.key=..."
                        + " --conf=spark.hadoop.fs.s3a.access.key=... --conf spark.my.Password=..."
                        + " --conf=spark.x.passphrase=..."
                        + " --conf spark.hadoop.fs.azure.account.key.lake.dfs.core.windows.net=..."
                        + " --conf fs.gs.auth.service.account.private.key=... --set text.chat.api_key=...");
    }
}
