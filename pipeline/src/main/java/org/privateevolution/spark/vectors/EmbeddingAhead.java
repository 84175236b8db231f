package org.privateevolution.spark.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.privateevolution.model.Payload;
import org.privateevolution.spi.Embedder;

/**
 * Embeds samples while others are still being made. What has not been embedded when the vectors are asked for is
 * embedded then, so that a failure here costs only time: it happens again there.
 */
public final class EmbeddingAhead implements Consumer<Payload>, AutoCloseable {

    /** Number of samples that are worth a Spark job. */
    static final int BATCH = 100;

    /** Null if samples are embedded by the driver, where that takes no time worth saving. */
    private final ClusterEmbedder embedder;

    private final ExecutorService thread;
    private List<Payload> waiting = new ArrayList<>();
    private boolean busy;

    public EmbeddingAhead(Embedder embedder) {
        this.embedder = embedder instanceof ClusterEmbedder cluster ? cluster : null;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "embedding-ahead");
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public synchronized void accept(Payload payload) {
        if (embedder == null || thread.isShutdown()) {
            return;
        }
        waiting.add(payload);
        if (waiting.size() >= BATCH && !busy) {
            busy = true;
            thread.execute(this::embed);
        }
    }

    /** Embeds whatever waits, as long as that is enough for a job. */
    private void embed() {
        try {
            for (List<Payload> batch = next(); !batch.isEmpty(); batch = next()) {
                embedder.embedAhead(batch);
            }
        } catch (Exception e) {
            // Whoever asks for the vectors meets it again, and says it. Until then, nothing more is tried here.
            thread.shutdown();
        }
    }

    private synchronized List<Payload> next() {
        if (waiting.size() < BATCH) {
            busy = false;
            return List.of();
        }
        List<Payload> batch = waiting;
        waiting = new ArrayList<>();
        return batch;
    }

    /** Gives up what is under way, and its Spark job with it. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (embedder != null) {
            embedder.cancelAhead();
        }
    }
}
