package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TileScorerTest {

    static TileScorer[] scorers() {
        return new TileScorer[] {new ScalarTile(), new FourQueryTile(), new SixQueryTile(), new EightQueryTile()};
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void lanesThatReachTheFloorOfTheirQueryAreMarked(TileScorer scorer) {
        Random random = new Random(5);
        int queries = scorer.queries();
        int lanes = scorer.lanes();
        float[] tile = new float[queries * lanes];
        for (int at = 0; at < tile.length; at++) {
            tile[at] = random.nextInt(9) - 4;
        }
        float[] floors = new float[queries + 1];
        for (int query = 0; query < queries; query++) {
            floors[query + 1] = query == 1 ? Float.NaN : query - 2;
        }
        int[] reached = new int[queries * scorer.words()];

        scorer.reached(tile, queries, floors, 1, reached);

        for (int at = 0; at < tile.length; at++) {
            int lane = at % lanes;
            int word = reached[at / lanes * scorer.words() + lane / Integer.SIZE];
            assertThat((word >> lane & 1) == 1).isEqualTo(tile[at] >= floors[at / lanes + 1]);
        }
    }
}
