package org.privateevolution.config;

import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.IdPattern;

/**
 * The {@code type} of a column: a data type to learn, or a kind of value to make up.
 *
 * @param type data type of a learnt column; null for a made-up column
 * @param generated kind of a made-up column; null for a learnt column
 */
record DeclaredType(ColumnType type, GeneratedColumn.Kind generated) {

    private static final String MADE_UP = String.join(", ", GeneratedColumn.Kind.configNames());

    static DeclaredType of(DeclaredColumn column) {
        return column instanceof GeneratedColumn made
                ? new DeclaredType(null, made.kind())
                : new DeclaredType(((Column) column).type(), null);
    }

    private static DeclaredType parse(String text) {
        return GeneratedColumn.Kind.named(text)
                .map(kind -> new DeclaredType(null, kind))
                .orElseGet(() -> new DeclaredType(ColumnType.parse(text), null));
    }

    private String configName() {
        return type == null ? generated.configName() : type.configName();
    }

    static Text<DeclaredType> texts() {
        return new Text<>(
                "`string`, `boolean`, `byte`, `short`, `integer`, `long`, `float`, `double`, `decimal(p,s)`, `date`,"
                        + " `timestamp` or `timestamp_ntz`; or `" + MADE_UP.replace(", ", "`, `") + "`",
                schema(),
                (given, text) -> {
                    try {
                        return text.isBlank() ? given.refused("must not be blank") : parse(text);
                    } catch (IllegalArgumentException e) {
                        return given.wrong(e.getMessage() + "; or " + MADE_UP + " for a column that is made up");
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
