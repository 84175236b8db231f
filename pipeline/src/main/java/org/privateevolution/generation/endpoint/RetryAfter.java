package org.privateevolution.generation.endpoint;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Parses the Retry-After header (RFC 9110, 10.2.3), which holds seconds or a date, and its variant in milliseconds that
 * Azure sends.
 */
final class RetryAfter {

    private RetryAfter() {}

    /** How long to wait; empty if the header is missing or malformed. */
    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        Optional<Duration> exact = headers.firstValue("retry-after-ms").flatMap(RetryAfter::millis);
        return exact.isPresent() ? exact : headers.firstValue("retry-after").flatMap(text -> parse(text.strip(), now));
    }

    private static Optional<Duration> millis(String text) {
        return text.strip().matches("\\d{1,12}")
                ? Optional.of(Duration.ofMillis(Long.parseLong(text.strip())))
                : Optional.empty();
    }

    private static Optional<Duration> parse(String text, Instant now) {
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.of(Duration.ofNanos((long) (Double.parseDouble(text) * 1e9)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isBefore(now) ? Duration.ZERO : Duration.between(now, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
