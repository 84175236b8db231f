package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.TableBins;

/** On 20,000 rows of 12 airports, each in one of 4 states unless a test says otherwise. All randomness is seeded. */
class FunctionalPairsTest {

    private static final int AIRPORTS = 12;
    private static final int STATES = 4;
    private static final int LABELS = 2;
    private static final int ROWS = 20_000;
    private static final double SIGMA = 5;
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(column("airport", AIRPORTS), column("state", STATES)));

    private final Random random = new Random(5);
    private final List<TableRow> rows = new ArrayList<>();

    private static CategoricalColumn column(String name, int categories) {
        List<String> names =
                IntStream.range(0, categories).mapToObj(i -> name + i).toList();
        return new CategoricalColumn(name, ColumnType.parse("string"), names, false, null);
    }

    private static int state(int airport) {
        return airport % STATES;
    }

    private void rows(IntUnaryOperator stateOf) {
        for (int n = 0; n < ROWS; n++) {
            int airport = random.nextInt(AIRPORTS);
            rows.add(new TableRow(new double[] {airport, stateOf.applyAsInt(airport)}));
        }
    }

    private FunctionalPairs released(double sigma) {
        return released(SCHEMA, sigma);
    }

    private FunctionalPairs released(TableSchema schema, double sigma) {
        MarginalQuery columns =
                new MarginalQuery(TableBins.fine(schema, 20), MarginalQuery.columns(schema.size(), LABELS));
        MarginalQuery pairs = new MarginalQuery(columns.numbers(), MarginalQuery.pairs(schema.size()));
        ColumnMarginals first = ColumnMarginals.of(counted(schema, columns, sigma), LABELS);
        return FunctionalPairs.of(schema, LABELS, pairs.marginals(), counted(schema, pairs, sigma), first);
    }

    private PastMarginals counted(TableSchema schema, MarginalQuery query, double sigma) {
        MarginalCells cells = new MarginalCells(schema, LABELS, query);
        double[] votes = new double[cells.size()];
        int[] of = new int[cells.marginals()];
        for (int i = 0; i < rows.size(); i++) {
            cells.cells(i % LABELS, rows.get(i), of);
            for (int cell : of) {
                votes[cell] += 1 / Math.sqrt(of.length);
            }
        }
        long[] grid = new long[votes.length];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = Math.round((votes[i] + sigma * random.nextGaussian()) * (1L << 30));
        }
        return new PastMarginals(cells, NoisyHistogram.restored("marginals", sigma, grid));
    }

    private static double mendedState(FunctionalPairs pairs, int airport, int state) {
        TableRow mended = pairs.mended(new TableRow(new double[] {airport, state}));
        assertThat(mended.code(0)).isEqualTo(airport);
        return mended.code(1);
    }

    @Test
    void whatIsDeterminedIsMended() {
        rows(FunctionalPairsTest::state);

        FunctionalPairs pairs = released(SIGMA);

        for (int airport = 0; airport < AIRPORTS; airport++) {
            for (int state = 0; state < STATES; state++) {
                assertThat(mendedState(pairs, airport, state)).isEqualTo(state(airport));
            }
        }
    }

    @Test
    void whatOnlyTendsToBeSoIsLeft() {
        rows(airport -> random.nextInt(20) == 0 ? random.nextInt(STATES) : state(airport));

        assertThat(mendedState(released(SIGMA), 3, 1)).isEqualTo(1);
    }

    @Test
    void anAirportOfTwoStatesIsLeftAndTheOthersAreMended() {
        rows(airport -> airport == 3 ? random.nextInt(2) : state(airport));

        FunctionalPairs pairs = released(SIGMA);

        assertThat(mendedState(pairs, 3, 0)).isEqualTo(0);
        assertThat(mendedState(pairs, 3, 1)).isEqualTo(1);
        assertThat(mendedState(pairs, 5, 0)).isEqualTo(state(5));
    }

    @Test
    void anAirportWithoutRecordsIsLeft() {
        rows(FunctionalPairsTest::state);
        rows.removeIf(row -> row.code(0) == 3);

        assertThat(mendedState(released(SIGMA), 3, 1)).isEqualTo(1);
    }

    @Test
    void aRareValueIsNotStarved() {
        // One record in a hundred, in all airports alike: too few for a pair's cells, enough for the column's own.
        rows(airport -> random.nextInt(100) == 0 ? 2 : 0);

        assertThat(mendedState(released(15), 3, 2)).isEqualTo(2);
    }

    @Test
    void noiseThatWouldHideATenthTellsNothing() {
        rows(FunctionalPairsTest::state);

        assertThat(mendedState(released(100), 3, 1)).isEqualTo(1);
    }

    /** Codes and names of airports determine each other, and both the state. */
    @Test
    void whatIsDeterminedThroughOthersIsMendedAfterThem() {
        TableSchema schema = new TableSchema(
                List.of(column("state", STATES), column("name", AIRPORTS + 5), column("airport", AIRPORTS)));
        for (int n = 0; n < ROWS; n++) {
            int airport = random.nextInt(AIRPORTS);
            rows.add(new TableRow(new double[] {state(airport), AIRPORTS - 1 - airport, airport}));
        }
        for (int release = 0; release < 20; release++) {
            FunctionalPairs pairs = released(schema, SIGMA);
            for (int n = 0; n < 200; n++) {
                TableRow mended = pairs.mended(new TableRow(
                        new double[] {random.nextInt(STATES), random.nextInt(AIRPORTS), random.nextInt(AIRPORTS)}));
                assertThat(mended.code(0)).isEqualTo(state((int) mended.code(2)));
                assertThat(mended.code(1)).isEqualTo(AIRPORTS - 1 - mended.code(2));
            }
        }
    }

    @Test
    void ofTwoColumnsThatDetermineEachOtherOneIsMended() {
        rows(airport -> 0);
        rows.replaceAll(row -> new TableRow(new double[] {row.code(0) % STATES, row.code(0) % STATES}));

        TableRow mended = released(SIGMA).mended(new TableRow(new double[] {1, 2}));

        assertThat(mended.code(0)).isEqualTo(mended.code(1));
    }
}
