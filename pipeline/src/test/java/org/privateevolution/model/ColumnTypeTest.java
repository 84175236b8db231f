package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource({
        "string, STRING", "boolean, BOOLEAN", "byte, BYTE", "tinyint, BYTE", "short, SHORT", "smallint, SHORT",
        "integer, INTEGER", "int, INTEGER", "long, LONG", "bigint, LONG", "float, FLOAT", "double, DOUBLE",
        "date, DATE", "timestamp, TIMESTAMP", "timestamp_ntz, TIMESTAMP_NTZ", "' BigInt ', LONG"
    })
    void readsTheNamesOfSparkAndOfSql(String text, ColumnType.Kind kind) {
        assertThat(ColumnType.parse(text)).isEqualTo(ColumnType.of(kind));
    }

    @Test
    void readsDecimalsWithTheirDigits() {
        assertThat(ColumnType.parse("decimal(10,2)")).isEqualTo(ColumnType.decimal(10, 2));
        assertThat(ColumnType.parse("DECIMAL( 38 , 38 )")).isEqualTo(ColumnType.decimal(38, 38));
        assertThat(ColumnType.parse("decimal(7)")).isEqualTo(ColumnType.decimal(7, 0));
        assertThat(ColumnType.parse("decimal")).isEqualTo(ColumnType.decimal(10, 0));
    }

    @ParameterizedTest
    @EnumSource(ColumnType.Kind.class)
    void theConfiguredNameIsReadBackAndIsSparksOwn(ColumnType.Kind kind) {
        ColumnType type = ColumnType.of(kind);
        assertThat(ColumnType.parse(type.configName())).isEqualTo(type);
        assertThat(ColumnType.parse(DataType.fromDDL(type.configName()).typeName()))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "string10", "int32", "decimal(", "decimal(10;2)", "decimal(-1,0)", "array<int>"})
    void anUnknownTypeIsAnErrorThatNamesTheValidOnes(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("long or bigint")
                .hasMessageContaining("decimal(precision,scale)");
    }

    @Test
    void aColumnOfFreeTextBelongsElsewhere() {
        assertThatThrownBy(() -> ColumnType.parse("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text.columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decimal(39,2)", "decimal(0,0)", "decimal(5,6)", "decimal(9999,1)"})
    void aDecimalThatSparkLacksIsRefused(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision of 1 to 38");
    }

    @Test
    void onlyADecimalHasDigits() {
        assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.DOUBLE, 10, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
