package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.MetricValue;

class JsonProgressTest {

    private final StringWriter out = new StringWriter();
    private long nanos;
    private final JsonProgress progress = new JsonProgress(new PrintWriter(out), () -> nanos);

    private List<JsonNode> events() {
        return out.toString()
                .lines()
                .map(line -> {
                    try {
                        return new ObjectMapper().readTree(line);
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    @Test
    void eachEventIsOneLineWithItsNameFirst() {
        progress.stageStarted("vote 1 of 2", 0);
        nanos += Duration.ofMillis(1_540).toNanos();
        progress.voted(1, 2, 0.75, List.of(new MetricValue(1, "a \"b\"\n", "survivors", 3, true)));

        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"event\":\""));
        JsonNode vote = events().get(1);
        assertThat(vote.get("event").asText()).isEqualTo("vote");
        assertThat(vote.get("seconds").asText()).isEqualTo("1.5");
        assertThat(vote.get("epsilon").asDouble()).isEqualTo(0.75);
        assertThat(vote.get("figures").get(0).get("label").asText()).isEqualTo("a \"b\"\n");
        assertThat(vote.get("figures").get(0).get("value").asDouble()).isEqualTo(3);
    }

    @Test
    void manyStepsAreFewLines() {
        progress.stageStarted("population 1", 1_000);
        for (int step = 1; step <= 1_000; step++) {
            nanos += Duration.ofMillis(5).toNanos();
            progress.stageProgressed(step);
        }

        assertThat(events()).hasSize(6);
        assertThat(events().get(5).get("done").asInt()).isEqualTo(1_000);
        assertThat(events().get(5).get("total").asInt()).isEqualTo(1_000);
    }

    @Test
    void aFailureTellsItsExitCodeAndWhetherTheRunGoesOn() {
        progress.resumable("out");
        progress.resumable("out");
        progress.failed(Failure.of(new ConfigurationException(List.of("seed: wrong", "name: wrong, too"))));

        assertThat(events()).hasSize(2);
        JsonNode failed = events().get(1);
        assertThat(failed.get("kind").asText()).isEqualTo("usage");
        assertThat(failed.get("exit_code").asInt()).isEqualTo(2);
        assertThat(failed.get("problems")).hasSize(2);
        assertThat(failed.get("resumable").asBoolean()).isTrue();
    }

    @Test
    void nothingFollowsAnInterruption() {
        progress.stageStarted("vote 1 of 2", 0);

        assertThat(progress.interrupted()).isEqualTo("interrupted (vote 1 of 2)");
        progress.notice("late");

        assertThat(events()).hasSize(2);
        assertThat(events().get(1).get("event").asText()).isEqualTo("interrupted");
    }
}
