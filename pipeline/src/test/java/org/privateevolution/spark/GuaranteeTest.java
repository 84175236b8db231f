package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.privacy.Adjacency;
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
                "fingerprint");

        assertThat(guarantee.sentence()).isEqualTo(expected + "-differential privacy for one record, added or removed");
    }
}
