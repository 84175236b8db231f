package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyUnit;

class GuaranteeTest {

    @ParameterizedTest
    @CsvSource({
        "10, 1e-5, '(10, 0.00001)'",
        "1, 1e-9, '(1, 1e-9)'",
        "0.6744602, 1e-5, '(0.6745, 0.00001)'",
        "0.67440001, 1e-5, '(0.6745, 0.00001)'",
        "5425.5, 1e-5, '(5426, 0.00001)'",
        "123456, 1e-5, '(123500, 0.00001)'"
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
                Optional.empty());

        assertThat(guarantee.sentence()).isEqualTo(expected + "-differential privacy for one record, added or removed");
    }

    @Test
    void withoutABudgetEpsilonIsCalledAReading() {
        assertThat(guarantee(Optional.empty()).outlook()).contains("No budget", "reading", "not a bound");
        assertThat(guarantee(Optional.empty()).json("4.0.1")).contains("\"outlook\" : \"No budget");
    }

    @Test
    void aBudgetIsNamed() {
        Guarantee guarantee =
                guarantee(Optional.of(new PrivacyBudget(3, 1e-6, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, "")));

        assertThat(guarantee.outlook()).contains("epsilon 3 at delta 0.000001").doesNotContain("reading");
        assertThat(guarantee.json("4.0.1")).contains("\"budget\" : {");
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
                budget);
    }
}
