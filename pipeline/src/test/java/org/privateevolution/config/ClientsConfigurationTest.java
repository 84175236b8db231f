package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientsSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;

class ClientsConfigurationTest {

    private static final Path FOLDER = Path.of("/data");

    private static final String SAME = Orders.yaml(FOLDER, "wide.csv", "");

    private static RunSpec parse(String yaml, String... overrides) {
        return RunConfiguration.parse(yaml, "orders.yaml", List.of(overrides));
    }

    @Test
    void childrenMakeARunOnClients() {
        RunSpec spec = Orders.spec(FOLDER);

        assertThat(spec.modality()).isInstanceOf(ClientsSpec.class);
        assertThat(spec.estimatesTable()).isFalse();
        assertThat(spec.buysMarginals()).isTrue();
        assertThat(spec.countedUnit()).isEqualTo(PrivacyUnit.RECORD);
        ChildTable orders = spec.modality().clients().orElseThrow().children().get(0);
        assertThat(orders.key()).isEqualTo("customer");
        assertThat(orders.source(spec.privateData()).options())
                .isEqualTo(spec.privateData().options());
        assertThat(parse(SAME)
                        .modality()
                        .clients()
                        .orElseThrow()
                        .children()
                        .get(0)
                        .isApart())
                .isFalse();
    }

    @Test
    void votesAndCandidatesNeedNotBeGiven() {
        String fewest = SAME.replaceAll("evolution: .*\\n", "").replaceAll("output: .*", "output: {path: /data/out}");
        RunSpec spec = parse(fewest);

        assertThat(spec.evolution().schedule()).containsExactly(1_500, 1_500, 1_500, 1_500, 1_500, 1_500);
        assertThat(spec.output().rows()).isEqualTo(1_500);
        assertThat(CanonicalConfiguration.yaml(parse(CanonicalConfiguration.yaml(spec))))
                .isEqualTo(CanonicalConfiguration.yaml(spec));
        assertThat(parse(fewest, "evolution.votes=2").evolution().schedule()).containsExactly(1_500, 1_500, 1_500);
        assertThat(parse(fewest, "evolution.samples=9").evolution().schedule()).containsExactly(9, 9, 9, 9, 9, 9);
        assertThatThrownBy(() -> parse(fewest, "evolution.samples=0"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("evolution.samples: 0 is not allowed");
    }

    @Test
    void theCanonicalConfigurationIsReadBack() {
        for (RunSpec spec : List.of(
                Orders.spec(FOLDER),
                parse(SAME, "tabular.children.0.order=day"),
                parse(
                        SAME,
                        "tabular.locale=de",
                        "tabular.children.0.columns.0={name: number, type: id, pattern: 'O-[0-9]{6}'}",
                        "tabular.children.0.columns.3={name: courier, type: name}"))) {
            RunSpec again = parse(CanonicalConfiguration.yaml(spec));
            assertThat(CanonicalConfiguration.yaml(again)).isEqualTo(CanonicalConfiguration.yaml(spec));
            assertThat(again.tabular()).isEqualTo(spec.tabular());
        }
    }

    @Test
    void whatIsDeclaredOfChildrenIsPartOfARunsIdentity() {
        assertThat(Fingerprint.of(parse(SAME, "tabular.children.0.rows=6")).full())
                .isNotEqualTo(Fingerprint.of(parse(SAME)).full());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tabular.children.0.rows=null            | tabular.children.0.rows",
                "tabular.children.0.rows=0               | tabular.children.0.rows",
                "tabular.children.0.name=a/b             | use letters, digits and _",
                "tabular.children.0.order=shop           | cannot order rows",
                "tabular.children.0.order=nothing        | not one of the table's columns",
                "tabular.children.0.key=other            | the key is private_data.client_column",
                "tabular.children.0.format=parquet       | it has no effect without path",
                "tabular.children.0.columns.0.name=id    | it is the key",
                "tabular.children.0.columns.0.name=age   | a column belongs to the client or to the row",
                "tabular.children.0.columns.0.name=shop  | duplicate",
                "tabular.children.0.columns=[]           | declare at least one column",
                "tabular.children.0.columns=[{name: a, type: id}] | all are made up",
                "tabular.children.0.columns.3={name: id, type: uuid} | it is the key",
                "tabular.children.0.columns.3={name: age, type: name} | a column belongs to the client or to the row",
                "tabular.children.0.columns.3={name: shop, type: name} | duplicate",
                "tabular.children.0.columns.3={name: n, type: id, pattern: '\\d{2}'} | table 'orders': column 'n': 300 rows",
                "tabular.columns.0.name=id               | private_data.client_column",
                "tabular.columns.0.name=orders_day       | declared twice",
                "evolution.selection=rank                | must be estimate with tabular.children",
                "output.weights=true                     | output.weights",
                "output.table=lake.a.b                   | give several tables",
                "evaluation.private_metrics=true         | evaluation.private_metrics",
                "text.columns=[note]                     | tabular.children: are not allowed beside text",
            })
    void whatDoesNotFitIsRefused(String override, String problem) {
        assertThatThrownBy(() -> parse(SAME, override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aMadeUpColumnOrdersNothing() {
        assertThatThrownBy(() -> parse(
                        SAME,
                        "tabular.children.0.order=number",
                        "tabular.children.0.columns.3={name: number, type: id}"))
                .hasMessageContaining("'number' cannot order rows: it is made up");
    }

    @Test
    void theClientIsTheUnit() {
        assertThatThrownBy(() -> parse(SAME, "privacy.unit=record", "private_data.client_column=null"))
                .hasMessageContaining("tabular.children: need a client as the privacy unit");
    }

    @Test
    void twoTablesCannotBothBeTheRowsOfThePrivateData() {
        String child = "{name: X, rows: 3, columns: [{name: X1, type: boolean}]}";
        assertThatThrownBy(() -> parse(
                        SAME, "tabular.children=[" + child.replace("X", "a") + "," + child.replace("X", "b") + "]"))
                .hasMessageContaining("two of them have no path");
    }

    @Test
    void childrenOfATableNeedAFormatOfFiles() {
        String yaml = Orders.yaml(FOLDER, "customers.csv", "path: orders.csv, ")
                .replace("format: csv, path: /data/customers.csv", "table: lake.crm.customers")
                .replace("unit: client", "unit: client, ledger: /data/ledger");
        assertThatThrownBy(() -> parse(yaml)).hasMessageContaining("child tables are files");
        assertThat(parse(yaml.replace("path: /data/orders.csv", "path: /data/orders.csv, format: csv"))
                        .modality()
                        .clients())
                .isPresent();
    }
}
