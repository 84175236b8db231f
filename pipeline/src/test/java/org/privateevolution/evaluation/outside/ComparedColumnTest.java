package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.ComparedColumn.Unit;

class ComparedColumnTest {

    @Test
    void aNumberIsTheSameHoweverItIsWritten() {
        Numbers column = new Numbers("n", Unit.NUMBER, new double[] {1, 2}, 0, 3, 0, 1);

        assertThat(column.code(" 1.50 ")).isEqualTo(column.code(1.5)).isEqualTo(column.code(new BigDecimal("1.5")));
        for (Object missing : new Object[] {null, "", " ", "n/a", Double.NaN, "Infinity"}) {
            assertThat(column.code(missing)).isNaN();
        }
        assertThat(column.cell(0.5, 0)).isZero();
        assertThat(column.cell(1, 0)).isOne();
        assertThat(column.cell(7, 0)).isEqualTo(2);
        assertThat(column.cell(Double.NaN, 0)).isEqualTo(column.cells(0) - 1);
        assertThat(column.cellText(0, 0)).isEqualTo("below 1");
        assertThat(column.cellText(1, 0)).isEqualTo("1 to 2");
        assertThat(column.cellText(2, 0)).isEqualTo("from 2");
    }

    @Test
    void aDateIsTheSameHoweverItIsWritten() {
        Numbers column = new Numbers("d", Unit.DAY, new double[] {0}, 0, 3, 0, 1);

        assertThat(column.code("1970-01-03"))
                .isEqualTo(column.code(Date.valueOf("1970-01-03")))
                .isEqualTo(column.code(LocalDate.of(1970, 1, 3)))
                .isEqualTo(2);
        assertThat(column.cellText(1, 0)).isEqualTo("from 1970-01-01");
        assertThat(column.code("1970-01-01T00:00:10Z")).isEqualTo(10);
    }

    @Test
    void aTruthIsTheSameHoweverItIsWritten() {
        ComparedColumn column = Categories.of("member", List.of("true", "false"));

        for (Object written : new Object[] {true, "true", "True", "TRUE"}) {
            assertThat(column.code(written)).isZero();
        }
        assertThat(column.code("False")).isOne();
        assertThat(Categories.textOf("Truth")).isEqualTo("Truth");
    }

    @Test
    void aCategoryThatNoRealRowHasIsNew() {
        Categories column = Categories.of("c", List.of("7", "007"));

        assertThat(column.code(7.0)).isEqualTo(column.code("7")).isEqualTo(column.code(7L));
        assertThat(column.code("007")).isOne();
        assertThat(column.isNew(column.code("8"))).isTrue();
        assertThat(column.code("")).isNaN();
        assertThat(column.cells(1)).isEqualTo(3);
        assertThat(column.cell(1, 1)).isOne();
        assertThat(column.cellText(1, 1)).isEqualTo("(others)");
        assertThat(column.cellText(2, 2)).isEqualTo("(new)");
        assertThat(column.cellText(3, 2)).isEqualTo("(null)");
    }

    @Test
    void aProfileTellsNumbersFromCodes() {
        assertThat(profile("1", "2", "", null).isWhole()).isTrue();
        assertThat(profile("1", "2.5").isWhole()).isFalse();
        assertThat(profile("1", "2.5").isOrdered()).isTrue();
        assertThat(profile("01", "02").isOrdered()).isFalse();
        assertThat(profile("2026-01-01", "2025-12-31").unit()).isEqualTo(Unit.DAY);
        assertThat(profile("2026-01-01 10:00:00", "2025-12-31T10:00Z").unit()).isEqualTo(Unit.SECOND);
        assertThat(profile("2026-01-01", "5").isOrdered()).isFalse();
        assertThat(profile("a", "b", "a").byFrequency()).containsExactly("a", "b");
        assertThat(profile("a", "b", "a").allDiffer()).isFalse();
        assertThat(profile("two words", "four words in all").meanWords()).isEqualTo(3);
        assertThat(profile("", null).values()).isZero();
    }

    @Test
    void partsOfAProfileGiveTheSameAsTheWhole() {
        ColumnProfile parts = profile("3", "1");
        parts.merge(profile("2", "1", null));

        assertThat(parts.byFrequency()).containsExactly("1", "2", "3");
        assertThat(parts.allDiffer()).isFalse();
        assertThat(parts.rows()).isEqualTo(5);
        assertThat(parts.min()).isOne();
        assertThat(parts.max()).isEqualTo(3);
    }

    @Test
    void valuesAreRememberedUntilThereAreTooMany() {
        ColumnProfile many = new ColumnProfile();
        for (int i = 0; i <= ColumnProfile.MOST_VALUES; i++) {
            many.add("v" + i);
        }
        assertThat(many.hasManyValues()).isTrue();
        assertThat(many.allDiffer()).isTrue();
    }

    private static ColumnProfile profile(Object... values) {
        ColumnProfile profile = new ColumnProfile();
        Arrays.asList(values).forEach(profile::add);
        return profile;
    }
}
