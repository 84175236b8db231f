package org.privateevolution.generation.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.RowSampler;

class ClientSamplerTest {

    private static final int CLIENTS = 2_000;

    private static Column category(String name) {
        return new CategoricalColumn(name, ColumnType.of(ColumnType.Kind.STRING), List.of("a", "b", "c"), false, null);
    }

    private static ClientTables tables(String order) {
        return new ClientTables(
                new TableSchema(List.of(category("city"), category("noise"))),
                List.of(new ChildTable(
                        "orders",
                        "",
                        "",
                        Map.of(),
                        "id",
                        new TableSchema(List.of(
                                category("shop"),
                                category("taste"),
                                new NumericColumn(
                                        "day", ColumnType.of(ColumnType.Kind.INTEGER), 0, 1_000, false, false))),
                        GeneratedColumns.NONE,
                        6,
                        order,
                        List.of())));
    }

    /**
     * Clients buy in the shop of their city, except for every tenth order; each has a taste of its own that nothing
     * else shows; they order every tenth day from a day below 100 on; and in city a, they order twice as often.
     */
    private record Truth(ClientTables tables) implements RowSampler {

        @Override
        public TableRow random(int label, RandomGenerator random) {
            int city = random.nextInt(3);
            int size = city == 0 ? 6 : random.nextInt(4);
            int taste = random.nextInt(3);
            int first = random.nextInt(100);
            List<TableRow> rows = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int shop = random.nextInt(10) == 0 ? random.nextInt(3) : city;
                rows.add(new TableRow(new double[] {shop, taste, first + 10 * i}));
            }
            List<TableRow> joined = tables.join(new TableRow(new double[] {city, random.nextInt(3)}), List.of(rows), 0);
            return joined.get(random.nextInt(joined.size()));
        }

        @Override
        public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
            throw new AssertionError("clients are varied by drawing from joined rows");
        }
    }

    private static void assertLikeTheTruth(ClientTables tables, boolean ordered, List<ClientRecord> clients) {
        double orders = 0;
        double inTheirCity = 0;
        double ofOneTaste = 0;
        double pairs = 0;
        double steps = 0;
        double size = 0;
        for (ClientRecord client : clients) {
            client.rows().forEach(tables.joined()::requireRow);
            List<TableRow> rows = tables.rows(client, 0);
            double city = tables.root(client).code(0);
            size += city == 0 ? rows.size() : 0;
            for (int i = 0; i < rows.size(); i++) {
                orders++;
                inTheirCity += rows.get(i).code(0) == city ? 1 : 0;
                if (i > 0) {
                    pairs++;
                    ofOneTaste += rows.get(i).code(1) == rows.get(i - 1).code(1) ? 1 : 0;
                    steps += rows.get(i).code(2) - rows.get(i - 1).code(2);
                }
            }
        }
        assertThat(inTheirCity / orders).isCloseTo(0.933, within(0.04));
        // By chance, two rows would be of one taste in a third of all cases.
        assertThat(ofOneTaste / pairs).isGreaterThan(0.9);
        assertThat(size / clients.size()).isCloseTo(2, within(0.2));
        if (ordered) {
            assertThat(steps / pairs).isCloseTo(10, within(0.001));
        }
    }

    @Test
    void rowsFitTheirClientAndEachOther() {
        for (String order : List.of("", "day")) {
            ClientTables tables = tables(order);
            ClientSampler sampler = new ClientSampler(tables, new Truth(tables), 1, new Seed(1));
            RandomGenerator random = new Seed(2).generator();
            List<ClientRecord> drawn = Stream.generate(() -> sampler.random(0, random))
                    .limit(CLIENTS)
                    .toList();
            assertLikeTheTruth(tables, !order.isEmpty(), drawn);

            List<ClientRecord> varied = drawn.stream()
                    .map(client -> sampler.varied(0, client, 0.3, random))
                    .toList();
            assertLikeTheTruth(tables, false, varied);
            assertThat(varied).isNotEqualTo(drawn);
        }
    }

    /** Clients of city a have days 0, 10 and 20, the others any two of these: a step from day 10 never leads to 30. */
    @Test
    void aStepFitsThePlaceOfTheRowBefore() {
        ClientTables tables = tables("day");
        RowSampler truth = new RowSampler() {
            @Override
            public TableRow random(int label, RandomGenerator random) {
                int city = random.nextInt(3);
                List<TableRow> rows = new ArrayList<>();
                int missing = random.nextInt(3);
                for (int i = 0; i < 3; i++) {
                    if (city == 0 || i != missing) {
                        rows.add(new TableRow(new double[] {random.nextInt(3), random.nextInt(3), 10 * i}));
                    }
                }
                List<TableRow> joined =
                        tables.join(new TableRow(new double[] {city, random.nextInt(3)}), List.of(rows), 0);
                return joined.get(random.nextInt(joined.size()));
            }

            @Override
            public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
                throw new AssertionError("clients are varied by drawing from joined rows");
            }
        };
        ClientSampler sampler = new ClientSampler(tables, truth, 1, new Seed(1));
        RandomGenerator random = new Seed(2).generator();
        long beyond = 0;
        for (int i = 0; i < CLIENTS; i++) {
            beyond += tables.rows(sampler.random(0, random), 0).stream()
                    .filter(row -> row.code(2) > 20)
                    .count();
        }
        // Without the place, every third step from day 10 on would be too long.
        assertThat(beyond).isLessThan(CLIENTS / 100);
    }

    /** A dependence too rare to be a condition is kept all the same. */
    @Test
    void theRowThatGivesTheClientIsOneOfItsRows() {
        ClientTables tables = tables("");
        RowSampler truth = new RowSampler() {
            private int made;

            @Override
            public TableRow random(int label, RandomGenerator random) {
                int taste = made++ % 3;
                // The taste of a client is that of its city, but for one of 3,000, which no condition can show.
                int city = made % 3_000 == 0 ? (taste + 1) % 3 : taste;
                TableRow row = new TableRow(new double[] {0, taste, made % 3_000 == 0 ? 777 : 5});
                return tables.join(new TableRow(new double[] {city, 0}), List.of(List.of(row)), 0)
                        .get(0);
            }

            @Override
            public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
                throw new AssertionError("clients are varied by drawing from joined rows");
            }
        };
        ClientSampler sampler = new ClientSampler(tables, truth, 1, new Seed(1));
        RandomGenerator random = new Seed(2).generator();

        long rare = 0;
        for (int i = 0; i < 6_000; i++) {
            ClientRecord client = sampler.random(0, random);
            TableRow row = tables.rows(client, 0).get(0);
            boolean odd = tables.root(client).code(0) != row.code(1);
            assertThat(odd).isEqualTo(row.code(2) == 777);
            rare += odd ? 1 : 0;
        }
        assertThat(rare).isEqualTo(2);
    }

    @Test
    void equalSeedsDrawEqualClients() {
        ClientTables tables = tables("day");
        ClientRecord once =
                new ClientSampler(tables, new Truth(tables), 1, new Seed(1)).random(0, new Seed(3).generator());
        ClientRecord again =
                new ClientSampler(tables, new Truth(tables), 1, new Seed(1)).random(0, new Seed(3).generator());
        assertThat(again).isEqualTo(once);
    }

    @Test
    void whereNoClientHasRowsNoneIsMadeUp() {
        ClientTables tables = tables("");
        RowSampler none = new RowSampler() {
            @Override
            public TableRow random(int label, RandomGenerator random) {
                return tables.join(new TableRow(new double[] {random.nextInt(3), 0}), List.of(List.of()), 0)
                        .get(0);
            }

            @Override
            public TableRow varied(int label, TableRow row, double degree, RandomGenerator random) {
                return row;
            }
        };

        ClientRecord client = new ClientSampler(tables, none, 1, new Seed(1)).random(0, new Seed(2).generator());

        assertThat(tables.rows(client, 0)).isEmpty();
    }
}
