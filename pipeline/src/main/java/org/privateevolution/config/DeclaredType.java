package org.privateevolution.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.IdPattern;
import org.privateevolution.model.SetColumn;

/**
 * The {@code type} of a column: a data type to learn, a set of strings, or a kind of value to make up.
 *
 * @param type data type of a learnt column with one value; null for a set and for a made-up column
 * @param generated kind of a made-up column; null for a learnt column
 */
record DeclaredType(ColumnType type, GeneratedColumn.Kind generated) {

    private static final DeclaredType SET = new DeclaredType(null, null);
    private static final Pattern ANY_ARRAY = Pattern.compile("array\\s*(<.*)?");

    private static final String MADE_UP = String.join(", ", GeneratedColumn.Kind.configNames());

    static DeclaredType of(DeclaredColumn column) {
        if (column instanceof GeneratedColumn made) {
            return new DeclaredType(null, made.kind());
        }
        return column instanceof Column learnt ? new DeclaredType(learnt.type(), null) : SET;
    }

    boolean isSet() {
        return equals(SET);
    }

    private static DeclaredType parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.replace(" ", "").equals(SetColumn.TYPE)) {
            return SET;
        }
        if (ANY_ARRAY.matcher(name).matches()) {
            throw new IllegalArgumentException("of all arrays, only sets of strings can be learnt: write "
                    + SetColumn.TYPE + ", and cast other members to strings first");
        }
        return GeneratedColumn.Kind.named(text)
                .map(kind -> new DeclaredType(null, kind))
                .orElseGet(() -> new DeclaredType(ColumnType.parse(text), null));
    }

    private String configName() {
        if (isSet()) {
            return SetColumn.TYPE;
        }
        return type == null ? generated.configName() : type.configName();
    }

    static Text<DeclaredType> texts() {
        return new Text<>(
                "`string`, `boolean`, `byte`, `short`, `integer`, `long`, `float`, `double`, `decimal(p,s)`, `date`,"
                        + " `timestamp`, `timestamp_ntz` or `array<string>`; or `" + MADE_UP.replace(", ", "`, `")
                        + "`",
                schema(),
                (given, text) -> {
                    try {
                        return text.isBlank() ? given.refused("must not be blank") : parse(text);
                    } catch (IllegalArgumentException e) {
                        return given.wrong(e.getMessage() + "; or " + SetColumn.TYPE + " for sets, or " + MADE_UP
                                + " for a column that is made up");
                    }
                },
                DeclaredType::configName);
    }

    static Text<IdPattern> patterns() {
        return new Text<>(
                "pattern",
                schema(),
                (given, text) -> {
                    try {
                        return text.isBlank() ? given.refused("must not be blank") : IdPattern.parse(text);
                    } catch (IllegalArgumentException e) {
                        return given.wrong(e.getMessage());
                    }
                },
                IdPattern::toString);
    }

    private static Map<String, Object> schema() {
        return new TreeMap<>(Text.of("string").schema());
    }
}
