package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.evaluation.IdentifierScan.Kind;
import org.privateevolution.model.MetricValue;

class IdentifierScanTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL|Write to jo.doe+x@mail.some-shop.co.uk, please.",
                "PHONE|call +49 30 901820 today",
                "PHONE|call +44 (20) 7946-0958.",
                "PHONE|(212) 736-5000",
                "PHONE|212-736-5000",
                "PHONE|Tel. 030 901820",
                "IBAN|pay to DE89 3704 0044 0532 0130 00.",
                "IBAN|pay to GB82WEST12345698765432 now",
                "IBAN|DE89 3704 0044 0532 0130 00 BANK CODE",
                "CARD|my card 4111 1111 1111 1111 was",
                "CARD|378282246310005",
                "SSN|123-45-6789",
                "IP|from 203.114.7.250."
            })
    void whatHasTheFormOfAnIdentifierIsCounted(Kind kind, String text) {
        assertThat(IdentifierScan.of(List.of(text)).texts()).isEqualTo(Map.of(kind, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to jo@example.com or to jo@shop.example.org, or jo@some.invalid.",
                "On 2024-01-31 12:30, in 1999-2000, for 1,234,567.89 dollars",
                "DE88 3704 0044 0532 0130 00",
                "card 4111 1111 1111 1112",
                "000-12-3456 and 123-00-4567 and 123-45-0000",
                "section 1.2.3, version 1.2.3.4.5, 300.1.1.1",
                "order 20240131001, ISBN 978-3-16-148410-0",
                "call 212-555-0123",
                "@mention and a@b",
                ""
            })
    void whatHasItNotIsNot(String text) {
        assertThat(IdentifierScan.of(List.of(text)).texts()).isEmpty();
    }

    @Test
    void textsAreCountedAndNoValueIsTold() {
        IdentifierScan scan = IdentifierScan.of(
                List.of("a@mail.net b@mail.net", "c@mail.net from 10.0.0.7", "nothing", "d@mail.net"));

        assertThat(scan.metrics(3))
                .containsExactly(
                        new MetricValue(3, MetricValue.ALL_LABELS, "texts_with_email", 3, true),
                        new MetricValue(3, MetricValue.ALL_LABELS, "texts_with_ip", 1, true));
        assertThat(scan.warning().orElseThrow())
                .startsWith("Warning:")
                .contains("an e-mail address in 3, an IP address in 1.")
                .doesNotContain("@", "10.0.0.7");
        assertThat(IdentifierScan.of(List.of("nothing")).warning()).isEmpty();
    }

    /** Texts are answers of a model and may contain anything. */
    @Test
    void longTextsOfOneCharacterAreReadInLinearTime() {
        for (String character : List.of("1", "a", "A", ".", "-", " 1", "1 ", "A1 ", "@a", "1.", "a.")) {
            assertThat(IdentifierScan.of(List.of(character.repeat(100_000)))).isNotNull();
        }
    }
}
