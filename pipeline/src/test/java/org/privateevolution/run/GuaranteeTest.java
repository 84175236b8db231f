package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

class GuaranteeTest {

    @TempDir
    Path directory;

    @Test
    void whatNoCheckCanSeeOfPrecomputedVectorsIsACondition() {
        RunSpec embedded = Mails.corpusRun(Path.of("mails"), Path.of("out"));
        RunSpec given = Mails.corpusRun(Path.of("mails"), Path.of("out"), "text.embedding.column=vector");

        assertThat(Guarantee.of(embedded, "run", "fingerprint", "ledger", emptyLedger())
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("\"conditions\" : [ ]");
        assertThat(Guarantee.of(given, "run", "fingerprint", "ledger", emptyLedger())
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("each vector of column 'vector' is a function of its own record alone: nothing fitted on,"
                        + " batched"
                        + " with or normalised by other private records");
    }

    @Test
    void whatAForeignMetricReadsIsAConditionUnlessItsFiguresAreOutside() {
        RunSpec spec = Mails.corpusRun(
                Path.of("mails"),
                Path.of("out"),
                "evaluation={private_metrics: true, metrics: [{name: size}, {name: share}]}");

        assertThat(Guarantee.of(spec, "run", "fingerprint", "ledger", emptyLedger())
                        .conditions())
                .containsExactly("the metric size 1.0, an extension, reads nothing but the synthetic samples that it is"
                        + " given");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1e-5, '(10, 1e-5)'",
        "1, 1e-9, '(1, 1e-9)'",
        "0.6744602, 1e-5, '(0.6745, 1e-5)'",
        "0.67440001, 1e-5, '(0.6745, 1e-5)'",
        "5425.5, 1e-5, '(5426, 1e-5)'",
        "123456, 1e-5, '(123500, 1e-5)'"
    })
    void theSentenceRoundsUpward(double epsilon, double delta, String expected) {
        Guarantee guarantee = new Guarantee(
                epsilon,
                delta,
                PrivacyUnit.RECORD,
                "",
                Adjacency.ADD_REMOVE,
                List.of(),
                "ledger",
                "",
                epsilon,
                "run",
                "fingerprint",
                List.of(),
                Optional.empty());

        assertThat(guarantee.sentence()).isEqualTo(expected + "-differential privacy for one record, added or removed");
    }

    @Test
    void everyKindOfReleaseIsNamedAsAMechanism() {
        Ledger ledger = emptyLedger();
        RunSpec spec = Mails.corpusRun(Path.of("mails"), Path.of("out"));
        assertThat(Guarantee.of(spec, "run", "fingerprint", "ledger", ledger)
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("\"mechanism\" : \"none: nothing was released\"");

        charge(ledger, spec, "vote-001", Release.Kind.VOTES);
        charge(ledger, spec, "vote-002", Release.Kind.VOTES);
        assertThat(Guarantee.of(spec, "run", "fingerprint", "ledger", ledger)
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("\"mechanism\" : \"discrete Gaussian noise on histograms of nearest-neighbour votes\"");

        charge(ledger, spec, "label-counts", Release.Kind.LABEL_COUNTS);
        charge(ledger, spec, "marginals-1", Release.Kind.MARGINALS);
        assertThat(Guarantee.of(spec, "run", "fingerprint", "ledger", ledger)
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains(
                        "\"mechanism\" : \"discrete Gaussian noise on histograms of nearest-neighbour votes, counts of"
                                + " the labels, marginals of the table, which count the values of columns or of pairs"
                                + " of columns\"");
        assertThat(Guarantee.of(spec, "another-run", "fingerprint", "ledger", ledger)
                        .json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("\"mechanism\" : \"none: nothing was released\"");
    }

    private static void charge(Ledger ledger, RunSpec spec, String id, Release.Kind kind) {
        ledger.charge(new Release(
                id,
                "run",
                "fingerprint",
                kind,
                5,
                PrivacyUnit.RECORD,
                spec.privacy().adjacency(),
                "",
                Instant.EPOCH,
                "mails",
                spec.privacy().delta()));
    }

    @Test
    void spendingGrowsFromChargeToChargeUpToEpsilon() {
        Ledger ledger = emptyLedger();
        RunSpec spec = Mails.corpusRun(Path.of("mails"), Path.of("out"));
        for (int vote = 1; vote <= 3; vote++) {
            charge(ledger, spec, "vote-00" + vote, Release.Kind.VOTES);
        }
        Guarantee guarantee = Guarantee.of(spec, "run", "fingerprint", "ledger", ledger);
        assertThat(guarantee.spending()).hasSize(3).isSorted().doesNotHaveDuplicates();
        assertThat(guarantee.spending().get(0))
                .isEqualTo(Accountant.of(spec.privacy().adjacency())
                        .plus(5, 1)
                        .epsilon(spec.privacy().delta()));
        assertThat(guarantee.spending().get(2)).isEqualTo(guarantee.epsilon());
    }

    @Test
    void thatRecordsAreDeclaredPublicIsACondition() {
        RunSpec open = Mails.corpusRun(Path.of("mails"), Path.of("out"), "private_data.public=true");
        assertThat(Guarantee.of(open, "run", "fingerprint", "ledger", emptyLedger())
                        .conditions())
                .singleElement()
                .asString()
                .contains("the records are declared public");
    }

    @Test
    void withoutABudgetEpsilonIsCalledAReading() {
        assertThat(guarantee(Optional.empty()).outlook())
                .contains("No budget", "states what was spent", "does not limit");
        assertThat(guarantee(Optional.empty()).json("4.0.1", Optional.empty(), Optional.empty()))
                .contains("\"outlook\" : \"No budget");
    }

    @Test
    void aBudgetIsNamed() {
        Guarantee guarantee =
                guarantee(Optional.of(new PrivacyBudget(3, 1e-6, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "")));

        assertThat(guarantee.outlook()).contains("epsilon 3 at delta 1e-6").doesNotContain("states what was spent");
        assertThat(guarantee.json("4.0.1", Optional.empty(), Optional.empty())).contains("\"budget\" : {");
    }

    private Ledger emptyLedger() {
        return new Ledger(new FileLedgerStorage(RunFiles.at(directory.toString(), new Configuration())));
    }

    private static Guarantee guarantee(Optional<PrivacyBudget> budget) {
        return new Guarantee(
                1,
                1e-5,
                PrivacyUnit.RECORD,
                "",
                Adjacency.ADD_REMOVE,
                List.of(),
                "ledger",
                "",
                1,
                "run",
                "fingerprint",
                List.of(),
                budget);
    }
}
