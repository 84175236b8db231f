package org.privateevolution.generation.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.privateevolution.spi.GenerationException;

/**
 * Works on a list with several threads. After the first failure, or an interrupt, nothing new begins; what has begun is
 * completed, because it is paid for.
 */
public final class Workers<I, O> {

    /** Work on one item, in two steps, of which only the first can be interrupted. */
    public interface Task<I, O> {
        /** Makes a result. */
        O make(I item) throws InterruptedException;

        /** Passes the result on. */
        void deliver(I item, O result);
    }

    private final Queue<I> left;
    private final Task<I, O> task;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch running;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** Shared by deliveries, held exclusively to interrupt: writing to storage may fail under an interrupt. */
    private final ReadWriteLock delivery = new ReentrantReadWriteLock();

    private Workers(String name, int count, List<? extends I> items, Task<I, O> task) {
        this.left = new ConcurrentLinkedQueue<>(items);
        this.task = task;
        this.running = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::work, name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /**
     * Works on every item.
     *
     * @param name name of the threads
     * @param threads largest number of threads, at least 1
     * @throws RuntimeException the first failure of a task
     * @throws GenerationException if the calling thread is interrupted
     */
    public static <I, O> void run(String name, int threads, List<? extends I> items, Task<I, O> task) {
        Workers<I, O> workers = new Workers<>(name, Math.min(threads, items.size()), items, task);
        workers.threads.forEach(Thread::start);
        workers.await();
    }

    private void work() {
        try {
            I item = left.poll();
            while (item != null && failure.get() == null) {
                O result = task.make(item);
                deliver(item, result);
                item = left.poll();
            }
        } catch (InterruptedException e) {
            fail(new GenerationException("interrupted; answers so far are kept; start the run again to resume it"));
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            running.countDown();
        }
    }

    private void deliver(I item, O result) {
        delivery.readLock().lock();
        boolean interrupted = Thread.interrupted();
        try {
            task.deliver(item, result);
        } finally {
            delivery.readLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps the first failure, and wakes threads that wait for a slot, a pause or the next attempt. */
    private void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) {
            delivery.writeLock().lock();
            try {
                threads.forEach(Thread::interrupt);
            } finally {
                delivery.writeLock().unlock();
            }
        }
    }

    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                running.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                fail(new GenerationException("interrupted; answers so far are kept; start the run again to resume it"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
