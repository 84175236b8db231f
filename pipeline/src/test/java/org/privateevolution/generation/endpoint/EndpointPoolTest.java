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
}
