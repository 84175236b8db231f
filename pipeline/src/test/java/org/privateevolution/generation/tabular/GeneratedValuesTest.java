package org.privateevolution.generation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.GeneratedColumn.Kind;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.IdPattern;

class GeneratedValuesTest {

    private static final String LOCALE = GeneratedColumns.USUAL_LOCALE;

    private static GeneratedColumn column(Kind kind) {
        return new GeneratedColumn(kind.configName(), kind, null);
    }

    private static GeneratedValues all(String locale, long seed) {
        List<GeneratedColumn> columns = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            columns.add(column(kind));
        }
        return GeneratedValues.of(GeneratedColumns.among(columns, locale), seed);
    }

    private static GeneratedValues ids(String pattern, long seed) {
        GeneratedColumn id = new GeneratedColumn("id", Kind.ID, IdPattern.parse(pattern));
        return GeneratedValues.of(GeneratedColumns.among(List.of(id), LOCALE), seed);
    }

    private static Object value(List<Object> row, Kind kind) {
        return row.get(kind.ordinal());
    }

    @Test
    void aRowIsTheSameWheneverItIsMadeAndThatOfAnotherSeedIsNot() throws Exception {
        GeneratedValues values = all(LOCALE, 7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(values);
            out.writeObject(ids("[ab]{9}", 7));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((GeneratedValues) in.readObject()).row(3)).isEqualTo(values.row(3));
            assertThat(((GeneratedValues) in.readObject()).row(3))
                    .isEqualTo(ids("[ab]{9}", 7).row(3));
        }

        assertThat(all(LOCALE, 7).row(3)).isEqualTo(values.row(3));
        assertThat(all(LOCALE, 8).row(3)).isNotEqualTo(values.row(3));
        assertThat(values.row(4)).isNotEqualTo(values.row(3));
    }

    @Test
    void whatIsSaidOfAPersonIsOfOnePerson() {
        GeneratedValues values = all(LOCALE, 7);

        for (long number = 0; number < 100; number++) {
            List<Object> row = values.row(number);
            String first = (String) value(row, Kind.FIRST_NAME);
            String last = (String) value(row, Kind.LAST_NAME);
            assertThat(value(row, Kind.NAME)).isEqualTo(first + " " + last);
            assertThat((String) value(row, Kind.EMAIL))
                    .startsWith(first.toLowerCase().replaceAll("[^a-z]", "") + ".")
                    .matches("[a-z.]+" + (number + 1) + "@example\\.(com|net|org)");
            assertThat((String) value(row, Kind.PHONE)).matches("\\+1-[2-9][0-8]\\d-555-01\\d\\d");
            assertThat((String) value(row, Kind.ADDRESS)).matches(".+, .+ .+");
        }
    }

    @Test
    void theColumnsThatStandBesideItDoNotChangeAColumn() {
        Object alone = GeneratedValues.of(GeneratedColumns.among(List.of(column(Kind.NAME)), LOCALE), 7)
                .row(11)
                .get(0);

        assertThat(alone).isEqualTo(value(all(LOCALE, 7).row(11), Kind.NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de", "ja", "ar"})
    void whatIsToDifferDiffersInAnyLanguage(String locale) {
        GeneratedValues values = all(locale, 7);
        List<List<Object>> rows =
                LongStream.range(0, 5_000).mapToObj(values::row).toList();

        for (Kind kind : Kind.values()) {
            Set<Object> distinct = new HashSet<>();
            rows.forEach(row -> distinct.add(value(row, kind)));
            if (kind.unique()) {
                assertThat(distinct).as(kind.configName()).hasSize(rows.size());
            } else {
                assertThat(distinct).as(kind.configName()).hasSizeGreaterThan(20);
            }
            assertThat(rows).allMatch(row -> !value(row, kind).toString().contains("#{"));
        }
        assertThat(value(rows.get(41), Kind.ID)).isEqualTo(42L);
    }

    /** Sizes with small and large divisors, a prime, and one beyond a long. */
    @ParameterizedTest
    @ValueSource(strings = {"[ab]{10}", "[a-e]{2}[0-9]", "[a-g]", "[0-9]{3}", "[A-Z0-9]{30}"})
    void asManyIdsDifferAsThePatternHas(String pattern) {
        GeneratedValues values = ids(pattern, 7);
        long size = IdPattern.parse(pattern)
                .size()
                .min(java.math.BigInteger.valueOf(3_000))
                .longValue();

        Set<Object> distinct = new HashSet<>();
        LongStream.range(0, size)
                .forEach(number -> distinct.add(values.row(number).get(0)));

        assertThat(distinct).hasSize((int) size);
        assertThat(distinct).allMatch(id -> id.toString().matches(pattern));
    }

    @Test
    void moreRowsThanIdsAreRefused() {
        GeneratedValues values = ids("C-[0-9]{3}", 7);

        values.requireSufficient(1_000);
        assertThatThrownBy(() -> values.requireSufficient(1_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'id': 1001 rows need as many ids, but only 1000 have the pattern");
    }

    @Test
    void aLanguageWithoutNamesIsRefusedIfNamesAreAskedFor() {
        assertThatThrownBy(() -> all("tlh", 7)).hasMessageContaining("no names are known for 'tlh'");
        assertThatThrownBy(() -> all("../x", 7)).hasMessageContaining("no names are known");
        assertThat(GeneratedValues.of(GeneratedColumns.among(List.of(column(Kind.ID)), "tlh"), 7)
                        .row(0))
                .containsExactly(1L);
    }
}
