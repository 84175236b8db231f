package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.Orders;

/**
 * Mistakes that people make with clients, mixed records, discoveries, constraints and identifiers. Each of them ends
 * {@code pe run}, or {@code pe validate --data}, with one error that names what to change, and nothing is charged.
 */
class WrongInputTest {

    private static final Pattern CODE = Pattern.compile("\\[PE-\\d{3}]");

    private static final String TABLE =
            """
            private_data: {format: csv, path: FOLDER/customers.csv}
            privacy: {epsilon: 1, delta: 1e-5}
            tabular:
              columns:
                - {name: age, type: integer, min: 18, max: 99}
                - {name: city, type: string, categories: [Bern, Oslo, Rome]}
            output: {path: FOLDER/out, rows: 60}
            """;

    private static final String MIXED = TABLE
            + """
            text:
              columns: [note]
              chat: {endpoints: [{url: "http://127.0.0.1:9/v1", model: m}]}
            evolution: {samples: 40, votes: 2}
            """;

    private static final String DISCOVERY =
            """
            private_data: {format: csv, path: FOLDER/customers.csv}
            privacy: {epsilon: 1, delta: 1e-5}
            tabular: {discover: {}}
            output: {path: FOLDER/out, rows: 60}
            """;

    private static final List<String> RUN = List.of("run");

    @TempDir
    private Path folder;

    /**
     * A mistake.
     *
     * @param command the command that refuses it
     * @param yaml configuration before the settings
     * @param settings values of {@code --set}
     * @param file file that gets another line; empty if none does
     * @param line the line
     * @param told what the error has to say
     */
    private record Mistake(
            String name,
            List<String> command,
            int exitCode,
            String yaml,
            List<String> settings,
            String file,
            String line,
            List<String> told) {

        static Mistake of(String name, String yaml, String setting, String... told) {
            return new Mistake(name, RUN, 2, yaml, List.of(setting.split("\\|")), "", "", List.of(told));
        }

        /** A configuration that does not fit the data. */
        static Mistake onReading(String name, String yaml, String setting, String... told) {
            return new Mistake(name, RUN, 3, yaml, List.of(setting.split("\\|")), "", "", List.of(told));
        }

        /** Data that do not fit the configuration. */
        static Mistake inData(String name, String yaml, String file, String line, String... told) {
            return new Mistake(name, RUN, 3, yaml, List.of(), file, line, List.of(told));
        }

        /** A configuration that does not fit the data, which only {@code pe validate --data} says. */
        static Mistake onChecking(String name, String yaml, String setting, String... told) {
            return new Mistake(
                    name, List.of("validate", "--data"), 3, yaml, List.of(setting.split("\\|")), "", "", List.of(told));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() {
        String clients = Orders.yaml(Path.of("FOLDER"), "customers.csv", "path: orders.csv, key: customer, ");
        String wide = Orders.yaml(Path.of("FOLDER"), "wide.csv", "");
        String second = "{name: NAME, path: FOLDER/orders.csv, key: customer, rows: 2, columns: ["
                + "{name: day, type: integer, min: 1, max: 100}]}";
        return Stream.of(
                // Clients
                Mistake.onReading(
                        "the child table is not there",
                        clients,
                        "tabular.children.0.path=FOLDER/ordrs.csv",
                        "table 'orders': nothing exists at FOLDER/ordrs.csv: check tabular.children[].path"),
                Mistake.onReading(
                        "the child table has no such key",
                        clients,
                        "tabular.children.0.key=client",
                        "table 'orders'",
                        "no column client"),
                Mistake.onReading(
                        "the root table has no such key",
                        clients,
                        "private_data.client_column=customer_id",
                        "no column customer_id"),
                Mistake.onReading(
                        "the child table has no such column",
                        clients,
                        "tabular.children.0.columns.1.name=store",
                        "table 'orders'",
                        "no column store"),
                Mistake.onReading(
                        "the column that orders rows is not there",
                        clients,
                        "tabular.children.0.order=time|tabular.children.0.columns.0.name=time",
                        "table 'orders'",
                        "no column time"),
                Mistake.onChecking(
                        "no row of the child table belongs to a client",
                        clients,
                        "tabular.children.0.key=shop|tabular.children.0.columns.1.name=customer|"
                                + "tabular.children.0.columns.1.categories=[x]|tabular.children.0.columns.1.other=x",
                        "table 'orders': no row has the key of a client",
                        "check that shop and id hold the same keys"),
                Mistake.of(
                        "the column that orders rows is not declared",
                        clients,
                        "tabular.children.0.order=time",
                        "tabular.children.0.order",
                        "'time' is not one of the table's columns: declare it there, too"),
                Mistake.of(
                        "rows are ordered by a name",
                        clients,
                        "tabular.children.0.order=shop",
                        "'shop' cannot order rows: name a column of numbers, dates or timestamps"),
                Mistake.of(
                        "a child column is the child's key",
                        clients,
                        "tabular.children.0.columns.0.name=customer",
                        "tabular.children.0.columns",
                        "customer is not allowed: it is the key, which is made up; remove it there"),
                Mistake.of(
                        "a child column has the name of the root key",
                        wide,
                        "tabular.children.0.columns.0.name=id",
                        "id is not allowed: it is the key"),
                Mistake.of(
                        "a root column is the root key",
                        clients,
                        "tabular.columns.0.name=id",
                        "private_data.client_column: id is not allowed: it is one of tabular.columns; remove it there"),
                Mistake.of(
                        "a child column is the label",
                        wide,
                        "labels={column: shop, values: [Bern, Oslo, Rome]}",
                        "tabular.children: shop is a label",
                        "and a column of table 'orders': keep one of them"),
                Mistake.of(
                        "the unit is not the client",
                        clients,
                        "privacy.unit=record|private_data.client_column=null",
                        "tabular.children: need a client as the privacy unit: set privacy.unit: client"),
                Mistake.of(
                        "the limit of rows is missing",
                        clients,
                        "tabular.children.0.rows=null",
                        "tabular.children.0.rows is missing"),
                Mistake.of(
                        "two child tables have one name",
                        clients,
                        "tabular.children.1=" + second.replace("NAME", "orders"),
                        "tabular.children: two child tables are called orders: give each its own name"),
                Mistake.of(
                        "two child tables have names that a file system may not tell apart",
                        clients,
                        "tabular.children.1=" + second.replace("NAME", "Orders"),
                        "tabular.children: two child tables are called Orders: give each its own name"),
                Mistake.of(
                        "the rows of two child tables are in the root table",
                        wide,
                        "tabular.children.1="
                                + second.replace("NAME", "calls")
                                        .replace("path: FOLDER/orders.csv, key: customer, ", ""),
                        "tabular.children: two of them have no path"),
                Mistake.inData(
                        "a client without key", clients, "customers.csv", ",40,Oslo", "column 'id'", "no client id"),
                Mistake.inData(
                        "two clients with one key",
                        clients,
                        "customers.csv",
                        "key-70003,40,Oslo",
                        "two rows of tabular.columns have the same key"),
                Mistake.inData(
                        "a row of a child table without key",
                        clients,
                        "orders.csv",
                        ",5,Oslo,3",
                        "table 'orders'",
                        "column 'customer'",
                        "no client id"),
                Mistake.inData(
                        "a value of a child table beyond its bounds",
                        clients,
                        "orders.csv",
                        "key-70003,500,Oslo,3",
                        "table 'orders'",
                        "column 'day'"),
                Mistake.inData(
                        "rows of one client that differ in its columns",
                        wide,
                        "wide.csv",
                        "key-70003,99,Oslo,1,Oslo,1",
                        "rows of one client differ",
                        "tabular.children[].columns"),
                // Columns with a text
                Mistake.onChecking("the text is not there", MIXED, "name=x", "no column note"),
                Mistake.of(
                        "the text is a column, too",
                        MIXED,
                        "text.columns=[city]",
                        "text.columns: city is one of tabular.columns, too: a column has one role"),
                // Discovery
                Mistake.of(
                        "a column to examine is not there",
                        DISCOVERY,
                        "tabular.discover.columns=[age, town]",
                        "tabular.discover.columns: the data have no column town that can be declared"),
                Mistake.of(
                        "columns are declared and to be discovered",
                        DISCOVERY,
                        "tabular.columns=[{name: age, type: integer, min: 18, max: 99}]",
                        "tabular.columns: is not allowed with tabular.discover"),
                // Constraints
                Mistake.of(
                        "a constraint that no row obeys",
                        TABLE,
                        "tabular.constraints=[age > 60, age < 30]",
                        "tabular.constraints.1: `age < 30` contradicts `age > 60`"),
                Mistake.of(
                        "a constraint on a column that is not there",
                        TABLE,
                        "tabular.constraints=[agee > 60]",
                        "tabular.constraints.0",
                        "agee"),
                Mistake.of(
                        "a constraint on a made-up column",
                        TABLE,
                        "tabular.columns.2={name: number, type: id}|tabular.constraints=[number > 60]",
                        "tabular.constraints.0",
                        "number",
                        "made up"),
                // Identifiers
                Mistake.of(
                        "fewer ids than rows",
                        TABLE,
                        "tabular.columns.2={name: number, type: id, pattern: '[0-9]'}",
                        "column 'number': 60 rows need as many ids, but only 10 have the pattern [0-9]"),
                Mistake.of(
                        "fewer ids than rows of a child table",
                        clients,
                        "tabular.children.0.columns.3={name: number, type: id, pattern: '[0-9]{2}'}",
                        "table 'orders': column 'number': 300 rows need as many ids, but only 100"),
                Mistake.of(
                        "bounds of a made-up column of a child table",
                        clients,
                        "tabular.children.0.columns.3={name: courier, type: name, nullable: true}",
                        "tabular.children.0.columns.3.nullable",
                        "a column of type name is made up, and nothing is learnt for it"),
                Mistake.of(
                        "only made-up columns",
                        clients,
                        "tabular.children.0.columns=[{name: number, type: id}]",
                        "tabular.children.0.columns: all are made up"),
                Mistake.of(
                        "names of no known language",
                        clients,
                        "tabular.locale=tlh|tabular.children.0.columns.3={name: courier, type: name}",
                        "tabular.locale: no names are known for 'tlh'"),
                Mistake.of(
                        "a made-up label",
                        TABLE,
                        "tabular.columns.2={name: tier, type: id}|labels={column: tier, values: [1, 2]}",
                        "labels.column: tier is not allowed: it is one of tabular.columns"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneErrorThatSaysWhatToChange(Mistake mistake) throws IOException {
        Orders.write(folder, 40, 1);
        Orders.writeWide(folder, 40, 2);
        if (!mistake.file().isEmpty()) {
            Path data = folder.resolve(mistake.file());
            Files.writeString(data, Files.readString(data) + mistake.line() + "\n");
        }
        Path file = Files.writeString(folder.resolve("wrong.yaml"), placed(mistake.yaml()));
        List<String> arguments = new ArrayList<>(mistake.command());
        arguments.add(file.toString());
        mistake.settings().forEach(setting -> arguments.addAll(List.of("--set", placed(setting))));

        Execution execution = Execution.of(arguments.toArray(String[]::new));

        String told = execution.err().replaceAll("\\s+", " ");
        assertThat(execution.exitCode()).as(told).isEqualTo(mistake.exitCode());
        assertThat(CODE.matcher(told).results().count()).as(told).isOne();
        assertThat(told)
                .contains(mistake.told().stream().map(this::placed).toList())
                .doesNotContain("70003", "Exception")
                .doesNotContainPattern("\\bnull\\b");
        for (String ledger : List.of("customers.csv.ledger", "wide.csv.ledger")) {
            assertThat(Charges.in(folder.resolve(ledger))).isEmpty();
        }
        assertThat(folder.resolve("out/synthetic")).doesNotExist();
    }

    private String placed(String text) {
        return text.replace("FOLDER", folder.toString());
    }
}
