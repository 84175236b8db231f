package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;

/** Embeds in a local session, whose tasks share the counters of this class. */
class EmbeddingAheadTest {

    /** Number of samples that tasks have embedded. */
    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    private static final List<Payload> MADE = IntStream.range(0, 2 * EmbeddingAhead.BATCH + 50)
            .<Payload>mapToObj(number -> new Text("sample " + number))
            .toList();

    private final ClusterEmbedder embedder = new ClusterEmbedder(TestSession.spark(), "ahead", new Letters(false, 2));

    @BeforeEach
    void nothingIsEmbedded() {
        EMBEDDED.set(0);
    }

    @Test
    void whatWasEmbeddedAheadIsNotEmbeddedAgainAndHasTheSameVectors() throws Exception {
        try (EmbeddingAhead ahead = new EmbeddingAhead(embedder)) {
            MADE.forEach(ahead);
            await(EmbeddingAhead.BATCH);

            float[] vectors = embedder.embed(MADE);

            assertThat(EMBEDDED).hasValue(MADE.size());
            assertThat(vectors).isEqualTo(new Letters(false, 2).embed(MADE));
        }
    }

    @Test
    void tooFewForAJobWaitUntilTheyAreAskedFor() {
        List<Payload> few = MADE.subList(0, EmbeddingAhead.BATCH - 1);
        try (EmbeddingAhead ahead = new EmbeddingAhead(embedder)) {
            few.forEach(ahead);

            embedder.embed(few);

            assertThat(EMBEDDED).hasValue(few.size());
        }
    }

    /** Some samples return in the next population, and the metrics of all populations are computed at the end. */
    @Test
    void theLastVectorsAreRemembered() {
        embedder.embed(MADE.subList(0, 30));
        embedder.embedAhead(MADE.subList(30, 60));
        embedder.embed(MADE.subList(60, 90));

        embedder.embed(MADE.subList(0, 90));

        assertThat(EMBEDDED).hasValue(90);
    }

    @Test
    void onlySoManyAreRememberedAndNoMoreAreEmbeddedAhead() {
        // So wide that 64 MiB hold 80 vectors.
        ClusterEmbedder wide = new ClusterEmbedder(TestSession.spark(), "ahead", new Letters(false, (1 << 24) / 80));
        wide.embed(MADE.subList(0, 50));
        wide.embedAhead(MADE.subList(50, 130));
        assertThat(EMBEDDED).hasValue(130);

        wide.embedAhead(MADE.subList(130, 140));
        assertThat(EMBEDDED).hasValue(130);

        wide.embed(MADE.subList(50, 130));
        assertThat(EMBEDDED).hasValue(130);

        wide.embed(MADE.subList(0, 10));
        assertThat(EMBEDDED).hasValue(140);
    }

    @Test
    void whatFailsAheadFailsWhereTheVectorsAreAskedFor() {
        ClusterEmbedder failing = new ClusterEmbedder(TestSession.spark(), "ahead", new Letters(true, 2));
        try (EmbeddingAhead ahead = new EmbeddingAhead(failing)) {
            MADE.forEach(ahead);

            assertThatThrownBy(() -> failing.embed(MADE))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("no letters");
        }
    }

    private static void await(int embedded) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (EMBEDDED.get() < embedded && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(EMBEDDED.get()).isGreaterThanOrEqualTo(embedded);
    }

    /** The first two numbers depend on the text, all others are 0. */
    private record Letters(boolean fails, int dimension) implements Embedder {

        @Override
        public String fingerprint() {
            return "letters";
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            if (fails) {
                throw new ModelException("no letters");
            }
            EMBEDDED.addAndGet(payloads.size());
            float[] vectors = new float[dimension * payloads.size()];
            for (int i = 0; i < payloads.size(); i++) {
                String text = ((Text) payloads.get(i)).value();
                vectors[dimension * i] = text.length();
                vectors[dimension * i + 1] = text.hashCode() % 97;
            }
            return vectors;
        }

        @Override
        public float[] probe() {
            return new float[] {1};
        }
    }
}
