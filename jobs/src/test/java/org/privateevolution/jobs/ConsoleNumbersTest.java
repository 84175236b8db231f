package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleNumbersTest {

    @Test
    void numbersHaveSixDigitsAndAnExponentWhereItReadsBetter() {
        assertThat(ConsoleNumbers.number(16.683891901655254)).isEqualTo("16.6839");
        assertThat(ConsoleNumbers.number(0)).isEqualTo("0");
        assertThat(ConsoleNumbers.number(1)).isEqualTo("1");
        assertThat(ConsoleNumbers.number(1e-5)).isEqualTo("1e-5");
        assertThat(ConsoleNumbers.number(0.001)).isEqualTo("0.001");
        assertThat(ConsoleNumbers.number(16777216)).isEqualTo("16777200");
        assertThat(ConsoleNumbers.number(4.00445e13)).isEqualTo("4.00445e13");
        assertThat(ConsoleNumbers.number(-2.5)).isEqualTo("-2.5");
        assertThat(ConsoleNumbers.number(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
        assertThat(ConsoleNumbers.number(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void anUpperBoundIsNeverShownSmallerThanItIs() {
        assertThat(ConsoleNumbers.upperBound(1)).isEqualTo("1");
        assertThat(ConsoleNumbers.upperBound(0.1)).isEqualTo("0.1");
        assertThat(ConsoleNumbers.upperBound(1.0000001)).isEqualTo("1.001");
        assertThat(ConsoleNumbers.number(1.0000001)).isEqualTo("1");
        assertThat(ConsoleNumbers.upperBound(0.00001234561)).isEqualTo("1.235e-5");
        assertThat(ConsoleNumbers.lowerBound(3.8172799)).isEqualTo("3.817");
        assertThat(ConsoleNumbers.upperBound(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @Test
    void aBoundThatSomebodyChoseIsShownAsItIs() {
        assertThat(ConsoleNumbers.upperBound(1.23456)).isEqualTo("1.23456");
        assertThat(ConsoleNumbers.lowerBound(1.23456)).isEqualTo("1.23456");
    }

    @Test
    void bytesAreInBinaryUnits() {
        assertThat(ConsoleNumbers.bytes(0)).isEqualTo("0 B");
        assertThat(ConsoleNumbers.bytes(1023)).isEqualTo("1023 B");
        assertThat(ConsoleNumbers.bytes(1024)).isEqualTo("1.0 KiB");
        assertThat(ConsoleNumbers.bytes(5L << 30)).isEqualTo("5.0 GiB");
        assertThat(ConsoleNumbers.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void countsHaveSeparators() {
        assertThat(ConsoleNumbers.count(1234567)).isEqualTo("1,234,567");
    }
}
