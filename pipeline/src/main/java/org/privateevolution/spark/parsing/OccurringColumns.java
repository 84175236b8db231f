package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Searches JSON for the wanted columns until each has been seen, because no single object need have them all. A column
 * that no object has is misspelt: it would be null in every record, and epsilon would be spent on nothing.
 */
final class OccurringColumns {

    private static final String RECORD = "r";
    private static final String HAS = "h";
    private static final String SIMILAR = "s";

    private OccurringColumns() {}

    /**
     * Requires that each wanted column occurs, reading only as far as needed.
     *
     * @param units files or lines, as {@code parsing} takes them
     * @throws UnsoundRecordException if there are objects, but none of them has one of the columns
     */
    static void require(Dataset<Row> units, JsonSyntax syntax, ParsedRecords parsing) {
        Set<String> found = new HashSet<>(units.mapPartitions(new Search(syntax, parsing), Encoders.STRING())
                .collectAsList());
        List<String> missing = syntax.wanted().stream()
                .filter(column -> !found.contains(HAS + column))
                .toList();
        if (found.contains(RECORD) && !missing.isEmpty()) {
            Collection<String> similar = found.stream()
                    .filter(name -> name.startsWith(SIMILAR))
                    .map(name -> name.substring(SIMILAR.length()))
                    .toList();
            throw new UnsoundRecordException("no column " + String.join(", ", missing) + " in any record"
                    + SimilarName.hint(missing.get(0), similar));
        }
    }

    /** Finds what a partition contains: a record, wanted columns, and names similar to these. */
    record Search(JsonSyntax syntax, ParsedRecords parsing) implements MapPartitionsFunction<Row, String> {

        /** If there are more different keys than this, they are data rather than columns. */
        private static final int MOST_KEYS = 10_000;

        @Override
        public Iterator<String> call(Iterator<Row> units) throws IOException {
            Set<String> found = new HashSet<>();
            Set<String> others = new HashSet<>();
            JsonSyntax watched = syntax.watched(key -> {
                if (others.size() < MOST_KEYS && others.add(key)) {
                    syntax.wanted().stream()
                            .filter(column -> SimilarName.is(column, key))
                            .forEach(column -> found.add(SIMILAR + key));
                }
            });
            Set<String> missing = new HashSet<>(syntax.wanted());
            TextSyntax.Records records = new ParsedRecords(watched, parsing.charset(), parsing.whole()).of(units);
            try {
                String[] record = records.next();
                while (record != null && !missing.isEmpty()) {
                    found.add(RECORD);
                    for (int i = 0; i < record.length; i++) {
                        if (record[i] != JsonObjects.ABSENT) {
                            missing.remove(syntax.wanted().get(i));
                            found.add(HAS + syntax.wanted().get(i));
                        }
                    }
                    record = records.next();
                }
            } catch (UnsoundRecordException | CharacterCodingException e) {
                // The reading that follows reports this failure; a column may first occur after the part that cannot be
                // read.
                syntax.wanted().forEach(column -> found.add(HAS + column));
            }
            return found.iterator();
        }
    }
}
