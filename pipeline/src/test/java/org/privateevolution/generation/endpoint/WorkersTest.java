package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.spi.GenerationException;

class WorkersTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 211).boxed().toList();

    private final Set<Integer> delivered = ConcurrentHashMap.newKeySet();

    private interface Making {
        String make(int item) throws InterruptedException;
    }

    private Workers.Task<Integer, String> task(Making making) {
        return new Workers.Task<>() {
            @Override
            public String make(Integer item) throws InterruptedException {
                return making.make(item);
            }

            @Override
            public void deliver(Integer item, String result) {
                assertThat(result).isEqualTo("made " + item);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(delivered.add(item)).isTrue();
            }
        };
    }

    @Test
    void everyItemIsMadeAndDeliveredOnce() {
        Workers.run("test", 7, ITEMS, task(item -> "made " + item));

        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ITEMS);
    }

    @Test
    void aFailureStopsTheRestButNotWhatIsPaidFor() {
        CountDownLatch bothBegun = new CountDownLatch(2);
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> Workers.run("test", 2, ITEMS, task(item -> {
                    begun.incrementAndGet();
                    bothBegun.countDown();
                    bothBegun.await();
                    if (item == 0) {
                        throw new GenerationException("no more");
                    }
                    // Like an answer that is waited for in spite of the interrupt.
                    boolean interrupted = false;
                    while (!interrupted) {
                        interrupted = Thread.currentThread().isInterrupted();
                        Thread.onSpinWait();
                    }
                    return "made " + item;
                })))
                .isInstanceOf(GenerationException.class)
                .hasMessage("no more");

        assertThat(begun).hasValue(2);
        assertThat(delivered).containsExactly(1);
    }

    @Test
    void aFailureWakesThoseThatWait() {
        assertThatThrownBy(() -> Workers.run("test", 5, ITEMS, task(item -> {
                    if (item == 3) {
                        throw new GenerationException("no more");
                    }
                    TimeUnit.MINUTES.sleep(5);
                    return "never";
                })))
                .hasMessage("no more");

        assertThat(delivered).isEmpty();
    }

    @Test
    void anInterruptEndsTheWorkAndStaysSet() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                Workers.run("test", 3, ITEMS, task(item -> {
                    begun.countDown();
                    TimeUnit.MINUTES.sleep(5);
                    return "never";
                }));
            } catch (GenerationException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        caller.start();
        begun.await();

        caller.interrupt();
        caller.join(10_000);

        assertThat(thrown.get()).hasMessageContaining("interrupted");
    }

    @Test
    void nothingToDoIsDone() {
        Workers.run("test", 3, List.of(), task(item -> "made " + item));

        assertThat(delivered).isEmpty();
    }
}
