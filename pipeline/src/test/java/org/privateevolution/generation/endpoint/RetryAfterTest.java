package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<Duration> of(String name, String value) {
        return RetryAfter.of(HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true), NOW);
    }

    @Test
    void secondsAreRead() {
        assertThat(of("Retry-After", "17")).contains(Duration.ofSeconds(17));
        assertThat(of("Retry-After", " 0 ")).contains(Duration.ZERO);
        assertThat(of("Retry-After", "1.5")).contains(Duration.ofMillis(1500));
    }

    @Test
    void datesAreRead() {
        assertThat(of("Retry-After", "Sun, 01 Mar 2026 12:00:31 GMT")).contains(Duration.ofSeconds(31));
        assertThat(of("Retry-After", "Sun, 01 Mar 2026 11:59:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    void millisecondsAreRead() {
        assertThat(of("retry-after-ms", "250")).contains(Duration.ofMillis(250));
    }

    @Test
    void nonsenseIsNoPause() {
        assertThat(of("Retry-After", "soon")).isEmpty();
        assertThat(of("Retry-After", "-5")).isEmpty();
        assertThat(of("Retry-After", "99999999999999999999")).isEmpty();
        assertThat(of("X-Other", "1")).isEmpty();
    }
}
