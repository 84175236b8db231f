package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.privateevolution.evaluation.outside.ColumnProfile;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.ComparedColumn.Unit;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;

/**
 * Decides how each column is compared: as it is declared or, if it is not, by the values of the real table:
 * <ol>
 * <li>whole numbers that all differ, in 100 rows or more, are ids and left out;
 * <li>whole numbers with at most 10 different values are categories; other numbers, dates and timestamps are numbers;
 *     values with leading zeros are not numbers;
 * <li>other values are categories if at most 1,000 of them differ and each occurs in two rows or more on average;
 * <li>strings of 4 words or more on average are texts;
 * <li>everything else is left out, as are columns without any value.
 * </ol>
 *
 * @param columns columns that are compared as a table; number columns have no cells yet
 * @param declared number columns with declared bounds, by name
 * @param texts columns of free text
 * @param notes sentences on the columns that are left out
 */
record ChosenColumns(
        List<ComparedColumn> columns, Map<String, NumericColumn> declared, List<String> texts, List<String> notes) {

    private static final int CATEGORIES_OF_NUMBERS = 10;
    private static final int MOST_CATEGORIES = 1_000;
    private static final int LEAST_IDS = 100;
    private static final double WORDS_OF_TEXT = 4;

    ChosenColumns {
        columns = List.copyOf(columns);
        texts = List.copyOf(texts);
        notes = List.copyOf(notes);
    }

    /**
     * Decides on some columns of a real table.
     *
     * @param declarations columns whose kind is declared
     * @param declaredText a column that is compared as text whatever it holds; empty if there is none
     */
    static ChosenColumns of(
            Dataset<Row> real,
            String location,
            List<String> names,
            List<Column> declarations,
            Optional<String> declaredText) {
        List<ColumnProfile> profiles = profiles(real, location, names);
        Map<String, Column> byName = new HashMap<>();
        declarations.forEach(column -> byName.put(column.name(), column));
        List<ComparedColumn> columns = new ArrayList<>();
        Map<String, NumericColumn> declared = new HashMap<>();
        List<String> texts = new ArrayList<>();
        LeftOut leftOut = new LeftOut();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            ColumnProfile profile = profiles.get(i);
            Column declaration = byName.get(name);
            if (profile.values() == 0) {
                leftOut.add("the real table has no value in them", name);
            } else if (declaredText.filter(name::equals).isPresent()) {
                texts.add(name);
            } else if (declaration instanceof NumericColumn numeric) {
                declared.put(name, numeric);
                columns.add(numbers(name, unit(numeric.type()), profile));
            } else if (declaration != null && !profile.hasManyValues()) {
                columns.add(Categories.of(name, profile.byFrequency()));
            } else {
                inferred(name, profile, columns, texts, leftOut);
            }
        }
        return new ChosenColumns(columns, declared, texts, leftOut.notes());
    }

    private static void inferred(
            String name, ColumnProfile profile, List<ComparedColumn> columns, List<String> texts, LeftOut leftOut) {
        if (profile.isWhole() && profile.allDiffer() && profile.rows() >= LEAST_IDS) {
            leftOut.add(
                    "their whole numbers all differ, like ids; if they are not ids, declare them in a configuration",
                    name);
            return;
        }
        boolean few = !profile.hasManyValues() && profile.distinct() <= CATEGORIES_OF_NUMBERS && profile.isWhole();
        if (profile.isOrdered() && !few) {
            columns.add(numbers(name, profile.unit(), profile));
            return;
        }
        boolean repeated = !profile.hasManyValues()
                && profile.distinct() <= MOST_CATEGORIES
                && (2L * profile.distinct() <= profile.values() || profile.distinct() <= CATEGORIES_OF_NUMBERS);
        if (repeated) {
            columns.add(Categories.of(name, profile.byFrequency()));
        } else if (profile.meanWords() >= WORDS_OF_TEXT) {
            texts.add(name);
        } else {
            leftOut.add("they have too many different values for categories, and these are too short for texts", name);
        }
    }

    private static Numbers numbers(String name, Unit unit, ColumnProfile profile) {
        return new Numbers(name, unit, new double[0], profile.min(), profile.max(), 0, 0);
    }

    private static Unit unit(ColumnType type) {
        return switch (type.kind()) {
            case DATE -> Unit.DAY;
            case TIMESTAMP, TIMESTAMP_NTZ -> Unit.SECOND;
            default -> Unit.NUMBER;
        };
    }

    private static List<ColumnProfile> profiles(Dataset<Row> real, String location, List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(real.columns()[real.columns().length - 1]);
        try {
            List<ColumnProfile[]> parts = SelectedColumns.of(real, all)
                    .mapPartitions(
                            (MapPartitionsFunction<Row, ColumnProfile[]>)
                                    rows -> Collections.singleton(profiles(rows, names.size()))
                                            .iterator(),
                            Encoders.javaSerialization(ColumnProfile[].class))
                    .collectAsList();
            List<ColumnProfile> merged = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                ColumnProfile profile = new ColumnProfile();
                for (ColumnProfile[] part : parts) {
                    profile.merge(part[i]);
                }
                merged.add(profile);
            }
            return merged;
        } catch (Exception e) {
            throw WrittenTable.unreadable(location, e);
        }
    }

    private static ColumnProfile[] profiles(Iterator<Row> rows, int columns) {
        ColumnProfile[] profiles = new ColumnProfile[columns];
        for (int i = 0; i < columns; i++) {
            profiles[i] = new ColumnProfile();
        }
        while (rows.hasNext()) {
            Row row = rows.next();
            if (!row.isNullAt(columns)) {
                throw new PrivateDataException(
                        PrivateDataException.Reason.RECORD, "a record is not sound: " + row.getString(columns));
            }
            for (int i = 0; i < columns; i++) {
                profiles[i].add(row.get(i));
            }
        }
        return profiles;
    }
}
