package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EndpointPoolTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final EndpointPool pool = new EndpointPool(3, now::get);

    @Test
    void theLeastLoadedEndpointIsTaken() {
        EndpointPool.Lease first = pool.lease();
        EndpointPool.Lease second = pool.lease();
        EndpointPool.Lease third = pool.lease();
        assertThat(new int[] {first.endpoint(), second.endpoint(), third.endpoint()})
                .containsExactly(0, 1, 2);

        second.close();

        assertThat(pool.lease().endpoint()).isEqualTo(1);
    }

    @Test
    void idleEndpointsTakeTurns() {
        for (int i = 0; i < 7; i++) {
            try (EndpointPool.Lease lease = pool.lease()) {
                assertThat(lease.endpoint()).isEqualTo(i % 3);
            }
        }
    }

    @Test
    void aPausedEndpointGetsNothingUntilItsTimeIsOver() {
        pool.pause(0, 100);
        pool.pause(1, 100);
        assertThat(pool.lease().endpoint()).isEqualTo(2);
        assertThat(pool.lease().endpoint()).isEqualTo(2);

        pool.pause(2, 50);
        assertThat(pool.lease()).isNull();
        assertThat(pool.nanosUntilOneIsFree()).isEqualTo(50);

        now.addAndGet(50);
        assertThat(pool.lease().endpoint()).isEqualTo(2);
        now.addAndGet(50);
        assertThat(pool.lease().endpoint()).isZero();
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        pool.pause(0, 100);
        pool.pause(0, 10);
        pool.pause(1, 100);
        pool.pause(2, 100);

        assertThat(pool.nanosUntilOneIsFree()).isEqualTo(100);
    }

    @Test
    void whereNobodyIsFewerAndFewerRequestsGo() {
        for (long pause : new long[] {10, 20, 40, 80, 100, 100}) {
            pool.missed(0, 10, 100);
            // Others that were on their way to it count for nothing.
            pool.missed(0, 10, 100);
            pool.pause(1, 1000);
            pool.pause(2, 1000);

            assertThat(pool.nanosUntilOneIsFree()).isEqualTo(pause);
            now.addAndGet(pause);
        }

        pool.met(0);
        pool.missed(0, 10, 100);
        assertThat(pool.nanosUntilOneIsFree()).isEqualTo(10);
    }

    @Test
    void theOnlyEndpointIsNotLeftAlone() {
        EndpointPool only = new EndpointPool(1, now::get);

        only.missed(0, 10, 100);

        assertThat(only.nanosUntilOneIsFree()).isLessThanOrEqualTo(0);
    }
}
