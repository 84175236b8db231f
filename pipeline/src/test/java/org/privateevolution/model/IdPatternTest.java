package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ab][0-9]|20",
                "C-\\d{2}|100",
                "x\\.[\\]\\-\\\\]|3",
                "[a-c-]{3}|64",
                "[\\dA-F]{2}|256",
                "\\[\\d\\]|10",
                "[-_]/#|2",
                "K\\{\\d\\}|10"
            })
    void idsAreAllOfThoseThatTheSameRegularExpressionMatchesAndAllDiffer(String pattern, int size) {
        IdPattern ids = IdPattern.parse(pattern);

        assertThat(ids.size()).isEqualTo(BigInteger.valueOf(size));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < size; i++) {
            String id = ids.id(BigInteger.valueOf(i));
            assertThat(id).matches(Pattern.compile(pattern));
            seen.add(id);
        }
        assertThat(seen).hasSize(size);
    }

    @Test
    void aPatternMayHaveMoreIdsThanALongCounts() {
        IdPattern ids = IdPattern.parse("[A-Z0-9]{40}");

        assertThat(ids.size()).isEqualTo(BigInteger.valueOf(36).pow(40));
        assertThat(ids.id(ids.size().subtract(BigInteger.ONE))).isEqualTo("9".repeat(40));
    }

    @Test
    void thereIsNoIdBeyondTheLast() {
        IdPattern ids = IdPattern.parse("[ab]");

        assertThatThrownBy(() -> ids.id(BigInteger.TWO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ids.id(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a+|'+' at character 2 is not supported",
                "(a)|'(' at character 1",
                "a.b|'.' at character 2",
                "^a|'^' at character 1",
                "[ab|has no ]",
                "[]|has no character",
                "[^a]|[^...] is not supported",
                "[b-a]|backwards",
                "[aa]|twice",
                "[0-9\\d]|twice",
                "a{0}|begins no repetition",
                "a{2,3}|begins no repetition",
                "a{2|begins no repetition",
                "\\w|\\w is not supported",
                "a\\|a backslash ends it",
                "a{300}|longer than 256 characters"
            })
    void whatIsNotAPatternIsRefusedWithTheReason(String pattern, String reason) {
        assertThatThrownBy(() -> IdPattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a pattern of ids")
                .hasMessageContaining(reason);
    }

    @Test
    void anEmptyPatternAndAlternativesAreRefused() {
        assertThatThrownBy(() -> IdPattern.parse("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> IdPattern.parse("a|b")).hasMessageContaining("'|' at character 2");
    }
}
