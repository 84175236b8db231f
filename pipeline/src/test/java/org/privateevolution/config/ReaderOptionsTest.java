package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | comment | # | leave records out",
                "csv | mode | DROPMALFORMED | leave records out",
                "csv | MODE | PERMISSIVE | leave records out",
                "csv | lineSep | ; | several",
                "csv | unescapedQuoteHandling | RAISE_ERROR | several",
                "csv | modifiedAfter | 2026-01-01T00:00:00 | one record more",
                "csv | maxColumns | 10 | no such limit",
                "csv | inferSchema | true | as their columns are declared",
                "csv | seperator | ; | must be one of charset, delimiter",
                "csv | fs.s3a.secret.key | x | spark.hadoop.fs.s3a.secret.key",
                "csv | quote | '' | ",
                "csv | quote | ab | must be one character",
                "csv | sep | '' | at least one character",
                "csv | encoding | klingon | no encoding is called klingon",
                "csv | multiLine | maybe | must be true or false",
                "csv | pathGlobFilter | *.csv | ",
                "json | allowComments | true | leave records out",
                "json | allowUnquotedControlChars | true | several",
                "json | lineSep | ; | several",
                "json | encoding | UTF-16 | cannot be told apart",
                "json | encoding | ISO-8859-1 | ",
                "json | allowSingleQuotes | false | ",
                "parquet | ignoreCorruptFiles | true | leave records out",
                "parquet | mergeSchema | true | ",
                "orc | ignoreMissingFiles | true | leave records out",
                "delta | versionAsOf | 3 | ",
                "delta | ignoreDeletes | true | must be one of timestampAsOf, versionAsOf",
                "table | header | true | has no options"
            })
    void optionsThatMayChangeWhatARecordIsAreRefused(String format, String name, String value, String reason) {
        if (reason == null) {
            assertThat(ReaderOptions.problems(format, Map.of(name, value))).isEmpty();
        } else {
            assertThat(ReaderOptions.problems(format, Map.of(name, value)))
                    .singleElement()
                    .asString()
                    .startsWith(name)
                    .contains(reason);
        }
    }

    @Test
    void linesOfUtf16AreNotReadAlone() {
        assertThat(ReaderOptions.problems("csv", Map.of("encoding", "UTF-16", "multiLine", "false")))
                .singleElement()
                .asString()
                .contains("set multiLine to true");
        assertThat(ReaderOptions.problems("csv", Map.of("encoding", "UTF-16", "multiLine", "true")))
                .isEmpty();
    }

    @Test
    void linesAreNotTornByDefault() {
        assertThat(ReaderOptions.withDefaults("csv", Map.of()))
                .containsOnly(Map.entry("header", "true"), Map.entry("multiLine", "true"));
        assertThat(ReaderOptions.withDefaults("csv", Map.of("MultiLine", "false")))
                .containsOnly(Map.entry("header", "true"), Map.entry("multiLine", "false"));
        assertThat(ReaderOptions.withDefaults("json", Map.of())).isEmpty();
    }
}
