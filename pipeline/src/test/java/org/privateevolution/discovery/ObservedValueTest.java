package org.privateevolution.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedValueTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "12       | WHOLE        | 12",
                "-7.50    | DECIMALS_1   | -7.5",
                "0.00     | WHOLE        | 0",
                "1e3      | WHOLE        | 1000",
                "5.       | WHOLE        | 5",
                ".25      | DECIMALS_2   | 0.25",
                "1.23456789 | MORE_DECIMALS | 1.23456789",
                "007      | TEXT         | 007",
                "1e999    | WHOLE        | none",
                "12345678901234567890123 | TEXT | 12345678901234567890123",
                "2024-02-29 | DATE       | 2024-02-29",
                "2023-02-29 | TEXT       | 2023-02-29",
                "2024-02-29T10:00 | TIMESTAMP | none",
                "2024-02-29 10:00:00.5Z | INSTANT | none",
                "TRUE     | BOOLEAN      | none",
                "red wine | TEXT         | red wine"
            })
    void textsAreWhatTheyAreWrittenAs(String text, ValueKind kind, String shared) {
        ObservedValue value = ObservedValue.of(text);

        assertThat(value.kind()).isEqualTo(kind);
        assertThat(value.text()).isEqualTo(shared);
    }

    @Test
    void typedValuesCountAsTheTextsTheyAreShownAs() {
        assertThat(ObservedValue.of(3)).isEqualTo(ObservedValue.of("3"));
        assertThat(ObservedValue.of(0.1f)).isEqualTo(ObservedValue.of("0.1"));
        assertThat(ObservedValue.of(new BigDecimal("2.50"))).isEqualTo(ObservedValue.of("2.5"));
        assertThat(ObservedValue.of(LocalDate.of(1999, 12, 31))).isEqualTo(ObservedValue.of("1999-12-31"));
        assertThat(ObservedValue.of(java.sql.Date.valueOf("1999-12-31"))).isEqualTo(ObservedValue.of("1999-12-31"));
        assertThat(ObservedValue.of(LocalDateTime.of(2020, 1, 1, 0, 0)).kind()).isEqualTo(ValueKind.TIMESTAMP);
        assertThat(ObservedValue.of(Instant.EPOCH).kind()).isEqualTo(ValueKind.INSTANT);
        assertThat(ObservedValue.of(true).kind()).isEqualTo(ValueKind.BOOLEAN);
    }

    @Test
    void nothingAndNotANumberAreNull() {
        for (Object value : new Object[] {null, "", "  ", Double.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(ObservedValue.of(value).kind()).isEqualTo(ValueKind.NULL);
        }
    }

    @Test
    void whatNoConfigurationCanHoldIsNoSharedValue() {
        assertThat(ObservedValue.of("a\u0007b").text()).isNull();
        assertThat(ObservedValue.of("half \ud800 a pair").text()).isNull();
        assertThat(ObservedValue.of("x".repeat(101)).text()).isNull();
        assertThat(ObservedValue.of("x".repeat(100)).text()).hasSize(100);
    }
}
