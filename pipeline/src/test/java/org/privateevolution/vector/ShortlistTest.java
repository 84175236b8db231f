package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortlistTest {

    @Test
    void keepsWhatTheMarginCannotRuleOut() {
        Shortlist shortlist = new Shortlist(1);
        shortlist.clear(0.5, true);
        offer(shortlist, 1f, 4f, 3.25f, 2.75f, 5f, 4f);

        assertThat(ranked(shortlist)).containsExactly(4, 1, 5);
        assertThat(shortlist.floor()).isEqualTo(4f);
    }

    @Test
    void exactTiesWithTheLastPlaceLose() {
        Shortlist shortlist = new Shortlist(2);
        shortlist.clear(0, true);
        offer(shortlist, -1f, 0f, -0f, 0f, -1f);

        assertThat(ranked(shortlist)).containsExactlyInAnyOrder(1, 2);
        assertThat(shortlist.floor()).isGreaterThan(0f);
    }

    @Test
    void exactTiesStayWhereCandidatesComeInAnyOrder() {
        Shortlist shortlist = new Shortlist(1);
        shortlist.clear(0, false);
        offer(shortlist, -1f, 0f, -0f, 0f, -1f);

        assertThat(ranked(shortlist)).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(shortlist.floor()).isZero();
    }

    @Test
    void whatCannotReachAnExpectedScoreDoesNotMatter() {
        for (double margin : new double[] {0, 0.25}) {
            Shortlist shortlist = new Shortlist(1);
            shortlist.clear(margin, true);
            shortlist.expect(3f);
            assertThat(shortlist.floor()).isEqualTo((float) (3 - 2 * margin));
            offer(shortlist, 2f, (float) (3 - 2 * margin), 1f);
            shortlist.offer(3f, 7);

            assertThat(ranked(shortlist)).containsExactlyInAnyOrder(1, 7);
        }
    }

    @Test
    void givesUpWhereTooManyAreAsNear() {
        Shortlist shortlist = new Shortlist(1);
        for (int round = 0; round < 2; round++) {
            shortlist.clear(1, true);
            for (int candidate = 0; candidate < 2 * Shortlist.LONGEST; candidate++) {
                shortlist.offer(0f, candidate);
            }
            assertThat(shortlist.margin()).isInfinite();
            assertThat(shortlist.floor()).isNaN();
        }
        shortlist.clear(0.5, true);
        offer(shortlist, 1f, 4f);
        assertThat(ranked(shortlist)).containsExactly(1);
    }

    @Test
    void growsWithoutLosingAnything() {
        Shortlist shortlist = new Shortlist(3);
        shortlist.clear(1000, true);
        float[] scores = new float[997];
        IntStream.range(0, 997).forEach(i -> scores[i] = i * 389 % 997);
        offer(shortlist, scores);

        assertThat(ranked(shortlist)).hasSize(997).startsWith(index(scores, 996), index(scores, 995));
    }

    @Test
    void forgetsTheQueryBefore() {
        Shortlist shortlist = new Shortlist(1);
        shortlist.clear(0, true);
        offer(shortlist, 9f);
        shortlist.clear(0, true);
        offer(shortlist, -9f, -8f);

        assertThat(ranked(shortlist)).containsExactly(1);
    }

    /** As the search does: what does not reach the floor is not offered. */
    private static void offer(Shortlist shortlist, float... scores) {
        for (int candidate = 0; candidate < scores.length; candidate++) {
            if (scores[candidate] >= shortlist.floor()) {
                shortlist.offer(scores[candidate], candidate);
            }
        }
    }

    private static int[] ranked(Shortlist shortlist) {
        return IntStream.range(0, shortlist.rank()).map(shortlist::candidate).toArray();
    }

    private static int index(float[] scores, float score) {
        return IntStream.range(0, scores.length)
                .filter(i -> scores[i] == score)
                .findFirst()
                .orElseThrow();
    }
}
