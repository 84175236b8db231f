package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundedFigureTest {

    @Test
    void whatIsSpentIsRoundedUpAndWhatIsLeftDown() {
        assertThat(RoundedFigure.up(0.67440001)).isEqualTo("0.6745");
        assertThat(RoundedFigure.down(0.67449999)).isEqualTo("0.6744");
        assertThat(RoundedFigure.up(123456)).isEqualTo("123500");
        assertThat(RoundedFigure.up(1)).isEqualTo("1");
        assertThat(RoundedFigure.up(0)).isEqualTo("0");
        assertThat(RoundedFigure.up(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @Test
    void aSmallOrLargeFigureHasAnExponent() {
        assertThat(RoundedFigure.up(1e-6)).isEqualTo("1e-6");
        assertThat(RoundedFigure.exact(0.000001)).isEqualTo("1e-6");
        assertThat(RoundedFigure.up(1.2345e-6)).isEqualTo("1.235e-6");
        assertThat(RoundedFigure.up(0.00099999)).isEqualTo("1e-3");
        assertThat(RoundedFigure.exact(0.001)).isEqualTo("0.001");
        assertThat(RoundedFigure.up(2e12)).isEqualTo("2e12");
    }

    @Test
    void aChosenFigureKeepsItsDigits() {
        assertThat(RoundedFigure.exact(1.234567)).isEqualTo("1.234567");
        assertThat(RoundedFigure.exact(10)).isEqualTo("10");
    }

    @Test
    void noBoundIsShownOnItsWrongSide() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double x = Math.exp(random.nextGaussian() * 10);
            assertThat(new BigDecimal(RoundedFigure.up(x))).isGreaterThanOrEqualTo(BigDecimal.valueOf(x));
            assertThat(new BigDecimal(RoundedFigure.down(x))).isLessThanOrEqualTo(BigDecimal.valueOf(x));
            assertThat(Double.parseDouble(RoundedFigure.exact(x))).isEqualTo(x);
        }
    }
}
