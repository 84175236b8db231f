package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.IdPattern;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.Metric;

class RunConfigurationTest {

    @Test
    void aSelectionOfOneVoteGetsTheDefaultsOfTheReference() {
        RunSpec spec = Configurations.minimal();

        assertThat(spec.name()).isEqualTo("customers");
        assertThat(spec.seed()).isZero();
        assertThat(spec.privateData())
                .isEqualTo(new RunSpec.PrivateData(
                        "parquet",
                        "in/customers",
                        Map.of(),
                        "",
                        0,
                        new RunSpec.PrivateStore("out/customers-private", false, "")));
        assertThat(spec.privateData().declaredPublic()).isFalse();
        assertThat(spec.labels()).isEqualTo(new RunSpec.Labels(LabelColumns.NONE, new RunSpec.Fractions.Uniform()));
        assertThat(spec.privacy())
                .isEqualTo(new RunSpec.Privacy(
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        1e-5,
                        PrivacyUnit.RECORD,
                        Adjacency.ADD_REMOVE,
                        "in/customers.ledger",
                        Optional.empty()));
        RunSpec.PopulationRule rule =
                new RunSpec.PopulationRule(RunSpec.Selection.SAMPLE, OptionalDouble.empty(), 1, false);
        assertThat(spec.evolution())
                .isEqualTo(new RunSpec.Evolution(List.of(7, 7, 7, 7), List.of(rule, rule, rule), 0, 0, false));
        assertThat(spec.vote()).isEqualTo(new RunSpec.Vote(Metric.L2, 1, 64));
        assertThat(spec.tabular().mutation()).isEqualTo(new RunSpec.Mutation(0.5, 0.01, 0.2, 15));
        assertThat(spec.tabular().numericWeight()).isEqualTo(1);
        assertThat(spec.tabular().categoricalWeight()).isEqualTo(1.0 / 3);
        assertThat(spec.evaluation()).isEqualTo(new RunSpec.Evaluation(false));
        assertThat(spec.output())
                .isEqualTo(new RunSpec.Output(
                        "out/customers", List.of("parquet", "csv"), RunSpec.Published.POPULATION, 0, false));
    }

    @Test
    void aTableIsEstimatedUnlessASettingHasNoUseForThat() {
        String sizes = "samples: 7, votes: 3";
        assertThat(Configurations.minimal("evolution=null").evolution().estimates())
                .isTrue();
        assertThat(Configurations.minimal("evolution={" + sizes + "}").evolution())
                .isEqualTo(Configurations.minimal("evolution={" + sizes + ", selection: estimate}")
                        .evolution());
        for (String other : List.of(
                "threshold: 2",
                "variation_fold: 2",
                "keep_selected: true",
                "initial_variation_fold: 1",
                "lookahead: 1",
                "rules: [{}]")) {
            assertThat(Configurations.minimal("evolution={" + sizes + ", " + other + "}")
                            .evolution()
                            .estimates())
                    .as(other)
                    .isFalse();
        }
        for (String elsewhere : List.of(
                "tabular.mutation={last: 0.1}",
                "tabular.generation={given: mine}",
                "labels={column: card, values: [a, b], fractions: {a: 0.25, b: 0.75}}")) {
            assertThat(Configurations.minimal("evolution={" + sizes + "}", elsewhere)
                            .evolution()
                            .estimates())
                    .as(elsewhere)
                    .isFalse();
        }
    }

    @Test
    void everyKeyIsRead() {
        RunSpec spec = Configurations.full();

        assertThat(spec.name()).isEqualTo("customers of Q3");
        assertThat(spec.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(spec.privateData())
                .isEqualTo(new RunSpec.PrivateData(
                        "csv",
                        "s3a://bucket/in",
                        Map.of("header", "true", "multiLine", "true", "sep", ";", "nullValue", "-"),
                        "customer_id",
                        13,
                        new RunSpec.PrivateStore("hdfs:///private/customers", true, "STORE_KEY")));
        assertThat(spec.labels().names()).containsExactly("Gold", "Silver", "null", "");
        assertThat(spec.labels().fractions()).isEqualTo(new RunSpec.Fractions.Declared(List.of(0.2, 0.3, 0.4, 0.1)));
        assertThat(spec.privacy())
                .isEqualTo(new RunSpec.Privacy(
                        OptionalDouble.empty(),
                        OptionalDouble.of(13.25),
                        1.575422064e-5,
                        PrivacyUnit.CLIENT,
                        Adjacency.REPLACE_ONE,
                        "hdfs:///ledgers/customers",
                        Optional.of(new RunSpec.EpsilonCap(5, 1e-5))));
        assertThat(spec.evolution().schedule()).containsExactly(1009, 997, 11, 2003, 4, 5);
        assertThat(spec.evolution().initialVariationFold()).isEqualTo(2);
        assertThat(spec.evolution().lookahead()).isEqualTo(8);
        assertThat(spec.vote()).isEqualTo(new RunSpec.Vote(Metric.INNER_PRODUCT, 32, 1));
        assertThat(spec.tabular().mutation()).isEqualTo(new RunSpec.Mutation(0.4, 0.02, 1, 9));
        assertThat(spec.tabular().numericWeight()).isEqualTo(2);
        assertThat(spec.evaluation().privateMetrics()).isTrue();
        assertThat(spec.output())
                .isEqualTo(
                        new RunSpec.Output("out/customers/", List.of("csv"), RunSpec.Published.POPULATION, 0, false));
    }

    @Test
    void listedRulesCoverTheVotesInOrderAndTheLastOneTheRest() {
        RunSpec.PopulationRule first =
                new RunSpec.PopulationRule(RunSpec.Selection.SAMPLE, OptionalDouble.of(0), 1, false);
        RunSpec.PopulationRule second =
                new RunSpec.PopulationRule(RunSpec.Selection.SAMPLE, OptionalDouble.of(1.5), 3, false);
        RunSpec.PopulationRule rest =
                new RunSpec.PopulationRule(RunSpec.Selection.RANK, OptionalDouble.empty(), 0, true);

        assertThat(Configurations.full().evolution().rules()).containsExactly(first, first, second, rest, rest);
    }

    @Test
    void columnsAreBuiltAsDeclared() {
        RunSpec spec = Configurations.full();

        assertThat(spec.tabular().schema().columns().get(0))
                .isEqualTo(new CategoricalColumn(
                        "country",
                        ColumnType.of(ColumnType.Kind.STRING),
                        List.of("USA", "Mexico", "1.50", "yes"),
                        true,
                        "Mexico"));
        assertThat(spec.tabular().schema().columns().get(1))
                .isEqualTo(new CategoricalColumn(
                        "active", ColumnType.of(ColumnType.Kind.BOOLEAN), List.of("false", "true"), false, null));
        assertThat(spec.tabular().schema().columns().get(3))
                .isEqualTo(new NumericColumn("children", ColumnType.of(ColumnType.Kind.SHORT), 0, 5, false, true));
        assertThat(spec.tabular().schema().columns().get(8))
                .isEqualTo(new NumericColumn("amount", ColumnType.decimal(10, 2), 0.01, 99999999.99, true, false));
        assertThat(spec.tabular().schema().columns().get(9))
                .isEqualTo(new NumericColumn("born", ColumnType.of(ColumnType.Kind.DATE), -21915, 7669, false, false));
    }

    @Test
    void columnsThatAreMadeUpKeepTheirPlacesAndAreNotLearnt() {
        RunSpec spec = Configurations.minimal("tabular.columns=[{name: key, type: id, pattern: \"C-[0-9]{8}\"},"
                + " {name: country, type: string, categories: [USA]}, {name: mail, type: email},"
                + " {name: no, type: ID}]");

        assertThat(spec.tabular().schema().columns()).extracting(Column::name).containsExactly("country");
        assertThat(spec.tabular().generated().columns())
                .containsExactly(
                        new GeneratedColumn("key", GeneratedColumn.Kind.ID, IdPattern.parse("C-[0-9]{8}")),
                        new GeneratedColumn("mail", GeneratedColumn.Kind.EMAIL, null),
                        new GeneratedColumn("no", GeneratedColumn.Kind.ID, null));
        assertThat(spec.tabular().declared())
                .extracting(DeclaredColumn::name)
                .containsExactly("key", "country", "mail", "no");
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "again", List.of()))
                .isEqualTo(spec);
        assertThat(CanonicalConfiguration.yaml(spec)).doesNotContain("locale", "nullable: null");
        assertThat(Configurations.minimal("tabular.locale=de")
                        .tabular()
                        .generated()
                        .locale())
                .isEqualTo("de");
    }

    @Test
    void wordsThatYamlTakesForBooleansStayTheTextTheyAre() {
        CategoricalColumn country = (CategoricalColumn)
                Configurations.minimal().tabular().schema().columns().get(0);

        assertThat(country.categories()).containsExactly("USA", "Mexico", "NO");
    }

    @Test
    void theSelectedArePublishedByDefaultIfTheLastRuleKeepsThem() {
        assertThat(Configurations.minimal("evolution.keep_selected=true")
                        .output()
                        .published())
                .isEqualTo(RunSpec.Published.SELECTED);
    }

    @Test
    void aTableIsReadByItsName() {
        RunSpec spec =
                Configurations.minimal("private_data={table: lake.crm.customers}", "privacy.ledger=ledgers/customers");

        assertThat(spec.privateData().format()).isEqualTo("table");
        assertThat(spec.privateData().location()).isEqualTo("lake.crm.customers");
    }

    @Test
    void aDataFrameIsKnownByItsName() {
        RunSpec spec =
                Configurations.minimal("private_data={format: dataframe, name: customers}", "privacy.ledger=ledgers/a");
        RunSpec renamed =
                Configurations.minimal("private_data={format: dataframe, name: clients}", "privacy.ledger=ledgers/a");

        assertThat(spec.privateData().isDataFrame()).isTrue();
        assertThat(spec.privateData().location()).isEqualTo("customers");
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "again", List.of()))
                .isEqualTo(spec);
        assertThat(Fingerprint.of(renamed).identity())
                .isNotEqualTo(Fingerprint.of(spec).identity());
    }

    @Test
    void explicitOptionsOfACsvFileAreKeptInWhateverCase() {
        RunSpec spec = Configurations.minimal(
                "private_data.format=csv", "private_data.options={HEADER: false, MULTILINE: false}");

        assertThat(spec.privateData().options().values()).containsExactly("false", "false");
    }

    @Test
    void noisyFractionsCarryTheirNoiseMultiplier() {
        RunSpec spec = Configurations.minimal(
                "labels={column: card, values: [a, b]}", "labels.fractions.noisy.noise_multiplier=50");

        assertThat(spec.labels().fractions()).isEqualTo(new RunSpec.Fractions.Noisy(50));
    }

    @Test
    void labelsOfAnyTypeAreKeptInTheFormOfTheirType() {
        RunSpec spec = Configurations.minimal("labels={column: digit, type: integer, values: [7, 010]}");

        assertThat(spec.labels().columns().columns().get(0).type()).isEqualTo(ColumnType.of(ColumnType.Kind.INTEGER));
        assertThat(spec.labels().names()).containsExactly("7", "10");
    }

    @Test
    void overridesReplaceListEntriesAppendToListsAndMakeGroups() {
        RunSpec spec = Configurations.minimal(
                "tabular.columns.0.categories.1=Canada",
                "tabular.columns.0.categories.3=Peru",
                "tabular.columns.1={name: age, type: integer, min: 0, max: 99}",
                "vote.neighbors=3",
                "private_data.options.basePath=x=y",
                "seed=12",
                "seed=13");

        assertThat(spec.tabular().schema().columns()).hasSize(2);
        assertThat(((CategoricalColumn) spec.tabular().schema().columns().get(0)).categories())
                .containsExactly("USA", "Canada", "NO", "Peru");
        assertThat(spec.vote().neighbors()).isEqualTo(3);
        assertThat(spec.privateData().options()).containsEntry("basePath", "x=y");
        assertThat(spec.seed()).isEqualTo(13);
    }

    @Test
    void anEmptyOverrideRestoresTheDefault() {
        assertThat(Configurations.full("output.publish=", "seed=null").seed()).isZero();
        assertThat(Configurations.full("output.publish=").output().published()).isEqualTo(RunSpec.Published.SELECTED);
    }

    @Test
    void theEnvironmentIsNotRead() {
        assertThat(Configurations.minimal("output.path=${HOME}/$USER").output().location())
                .isEqualTo("${HOME}/$USER");
    }

    @Test
    void theBoundsOfTheNoiseMultiplierAreTheAccountants() {
        for (double allowed : new double[] {0x1p-10, 0x1p24}) {
            assertThat(Accountant.of(Adjacency.ADD_REMOVE).plus(allowed, 1).releases())
                    .isEqualTo(1);
            assertThat(Configurations.minimal("privacy={delta: 1e-5, noise_multiplier: " + allowed + "}")
                            .privacy()
                            .noiseMultiplier())
                    .hasValue(allowed);
        }
        for (double refused : new double[] {Math.nextDown(0x1p-10), Math.nextUp(0x1p24)}) {
            assertThatThrownBy(() -> Accountant.of(Adjacency.ADD_REMOVE).plus(refused, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Configurations.minimal("privacy={delta: 1e-5, noise_multiplier: " + refused + "}"))
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void wordsAreTheNamesOfThePrivacyPackage() {
        for (Adjacency adjacency : Adjacency.values()) {
            assertThat(Word.of(adjacency)).isEqualTo(adjacency.configName());
        }
        for (PrivacyUnit unit : PrivacyUnit.values()) {
            assertThat(Word.of(unit)).isEqualTo(unit.configName());
        }
    }

    @Test
    void aConstantScheduleHasOneEntryMoreThanVotes() {
        assertThat(Configurations.minimal("evolution.votes=14").evolution().schedule())
                .isEqualTo(Collections.nCopies(15, 7));
    }

    @Test
    void aFileIsNamedByItsNameWithoutExtension(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("q3.run.yaml"), Configurations.MINIMAL);

        assertThat(RunConfiguration.load(file, List.of()).name()).isEqualTo("q3.run");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("absent.yaml");

        assertThatThrownBy(() -> RunConfiguration.load(file, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": no such file: give the path of a configuration; `pe init` writes one");
    }

    @ParameterizedTest
    @CsvSource({"output.path", "privacy.ledger", "private_data.path", "private_data.store.path"})
    void aTildeIsNoFolder(String key) {
        assertThatThrownBy(() -> Configurations.minimal(key + "=~/run"))
                .hasMessageContaining(key)
                .hasMessageContaining("~ is not expanded: write the whole path");
    }

    @Test
    void aFolderIsNotAConfiguration(@TempDir Path folder) {
        assertThatThrownBy(() -> RunConfiguration.load(folder, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder + ": cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource({
        "data/customers.csv, data/customers.csv.ledger",
        "data/customers/, data/customers.ledger",
        "data/2024-*/part.csv, data.ledger",
        "'s3a://bucket/in/{a,b}', s3a://bucket/in.ledger",
        "hdfs:///lake/customers, hdfs:///lake/customers.ledger",
        "s3a://bucket, ",
        "s3a://bucket/*, ",
        "*.csv, ",
        "., ",
    })
    void theLedgerLiesBesideTheData(String path, String ledger) {
        assertThat(DefaultLedger.of("csv", path)).isEqualTo(Optional.ofNullable(ledger));
        assertThat(DefaultLedger.of("table", path)).isEmpty();
    }
}
