package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.spi.GenerationException;

class RateLimitsTest {

    private static final long MINUTE = RateLimit.MINUTE_NANOS;

    private record Sent(long at, long tokens) {}

    private long now;

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 60, 997, 60_013})
    void theRequestAfterTheLimitWaitsForTheMinuteToEnd(long limit) {
        RateLimits limits = new RateLimits(new Limits(1, OptionalLong.of(limit), OptionalLong.empty()), () -> now);

        for (long i = 0; i < limit; i++) {
            assertThat(limits.reserve(1)).isLessThan(MINUTE);
        }

        assertThat(limits.reserve(1)).isBetween(MINUTE, MINUTE + limit);
    }

    @Test
    void requestsAreEvenlySpaced() {
        RateLimits limits = new RateLimits(new Limits(1, OptionalLong.of(120), OptionalLong.empty()), () -> now);

        assertThat(List.of(limits.reserve(1), limits.reserve(1), limits.reserve(1)))
                .containsExactly(0L, MINUTE / 120, 2 * MINUTE / 120);
    }

    @Test
    void noMinuteHoldsMoreRequestsOrTokensThanTheLimits() {
        List<Sent> sent = sent(new Limits(1, OptionalLong.of(101), OptionalLong.of(9_973)));

        assertThat(most(sent, true)).isEqualTo(101);
        assertThat(most(sent, false)).isLessThanOrEqualTo(9_973).isGreaterThan(8_500);
    }

    /** The twin: the measure used above does see a limit that is passed. */
    @Test
    void theMeasureSeesOneRequestTooMany() {
        assertThat(most(sent(new Limits(1, OptionalLong.of(102), OptionalLong.of(9_973))), true))
                .isEqualTo(102);
    }

    private List<Sent> sent(Limits wanted) {
        RateLimits limits = new RateLimits(wanted, () -> now);
        SplittableRandom random = new SplittableRandom(11);
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 1021; i++) {
            long tokens = i < 503 ? 1 + random.nextInt(20) : 1 + random.nextInt(600);
            now += random.nextInt(10) == 0 ? random.nextLong(MINUTE / 50) : 0;
            sent.add(new Sent(now + limits.reserve(tokens), tokens));
        }
        return sent;
    }

    private static long most(List<Sent> sent, boolean requests) {
        long most = 0;
        for (Sent first : sent) {
            long inMinute = 0;
            for (Sent other : sent) {
                if (other.at >= first.at && other.at < first.at + MINUTE) {
                    inMinute += requests ? 1 : other.tokens;
                }
            }
            most = Math.max(most, inMinute);
        }
        return most;
    }

    @Test
    void aRequestBeyondTheLimitIsRefusedForGood() {
        RateLimits limits = new RateLimits(new Limits(1, OptionalLong.empty(), OptionalLong.of(1000)), () -> now);

        assertThatThrownBy(() -> limits.reserve(1001))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("1001 tokens")
                .hasMessageContaining("1000 per minute");
    }

    @Test
    void withoutLimitsNothingWaits() {
        RateLimits limits = new RateLimits(Limits.ofConcurrency(1), () -> now);

        for (int i = 0; i < 1000; i++) {
            assertThat(limits.reserve(1_000_000)).isZero();
        }
    }
}
