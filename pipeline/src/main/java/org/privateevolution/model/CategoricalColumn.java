package org.privateevolution.model;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.RandomAccess;

/**
 * A column with a declared list of values, of type string or boolean, or of an integer type.
 *
 * @param categories text forms of the values, in code order: distinct, at least one; for a boolean, an empty list means
 *     {@code false, true}
 * @param other the category that takes every undeclared value of the column's type; null if such a value is an error
 */
public record CategoricalColumn(String name, ColumnType type, List<String> categories, boolean nullable, String other)
        implements Column {

    private static final long serialVersionUID = 1L;

    public CategoricalColumn {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column has no name: give it its name in the private data");
        }
        ColumnType.Kind kind = type.kind();
        if (kind != ColumnType.Kind.STRING && kind != ColumnType.Kind.BOOLEAN && !kind.integral()) {
            throw new IllegalArgumentException("column '" + name + "': a column of type " + type.configName()
                    + " has no categories: declare min and max, or make its type string");
        }
        if (categories.isEmpty() && kind == ColumnType.Kind.BOOLEAN) {
            categories = List.of("false", "true");
        }
        categories = Categories.of(name, type, categories);
        if (other != null) {
            other = canonical(name, type, other);
            if (!categories.contains(other)) {
                throw new IllegalArgumentException(
                        "column '" + name + "': other is '" + other + "', which is not among its categories");
            }
        }
    }

    @Override
    public double encode(Object value) {
        if (value == null
                || (value instanceof CharSequence text && isNull(text))
                || (nullable && NumericCodes.isMissing(type, value))) {
            return encodeNull();
        }
        int code = indexOf(value);
        if (code < 0 && other != null) {
            code = categories.indexOf(other);
        }
        if (code < 0) {
            throw new UndeclaredValueException("column '" + name
                    + "': a private value is not among its declared categories: add the category, or set other to the"
                    + " category that takes undeclared values");
        }
        return code;
    }

    @Override
    public Object decode(double code) {
        if (Double.isNaN(code)) {
            return null;
        }
        String text = text(code);
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case BYTE -> Byte.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            default -> text;
        };
    }

    @Override
    public String text(double code) {
        if (Double.isNaN(code)) {
            return "";
        }
        int index = (int) code;
        if (index != code || index < 0 || index >= categories.size()) {
            throw new IllegalArgumentException("column '" + name + "': a code is not the index of one of its "
                    + categories.size() + " categories");
        }
        return categories.get(index);
    }

    @Override
    public boolean holds(double code) {
        return Double.isNaN(code) ? nullable : code >= 0 && code < categories.size() && code == Math.rint(code);
    }

    private boolean isNull(CharSequence text) {
        return type.kind() == ColumnType.Kind.STRING
                ? text.length() == 0 && !categories.contains("")
                : text.toString().isBlank();
    }

    private double encodeNull() {
        if (!nullable) {
            throw new UndeclaredValueException(NumericCodes.nullMessage(name));
        }
        return TableRow.NULL;
    }

    /** Returns the index of a value's category; -1 if the value is of the column's type but not declared. */
    private int indexOf(Object value) {
        if (type.kind() == ColumnType.Kind.STRING) {
            return indexOfString(value);
        }
        String text = type.kind() == ColumnType.Kind.BOOLEAN ? booleanText(value) : NumericCodes.wholeText(value);
        if (text == null) {
            throw new UndeclaredValueException(NumericCodes.notOfTypeMessage(name, type, value));
        }
        return categories.indexOf(text);
    }

    /** Accepts the numbers 3 and 3.0 from a source where the category is the string 3. */
    private int indexOfString(Object value) {
        boolean atomic = value instanceof CharSequence || value instanceof Boolean || value instanceof Number;
        if (!atomic || (value instanceof Number number && !Double.isFinite(number.doubleValue()))) {
            throw new UndeclaredValueException(NumericCodes.notOfTypeMessage(name, type, value));
        }
        int index = categories.indexOf(value.toString());
        if (index >= 0 || !(value instanceof Number)) {
            return index;
        }
        String whole = NumericCodes.wholeText(value);
        return whole == null ? -1 : categories.indexOf(whole);
    }

    private static String booleanText(Object value) {
        if (value instanceof Boolean) {
            return value.toString();
        }
        String text = value instanceof CharSequence ? value.toString().strip().toLowerCase(Locale.ROOT) : "";
        return text.equals("true") || text.equals("false") ? text : null;
    }

    /** Returns the form in which a declared category is stored and compared. */
    private static String canonical(String name, ColumnType type, String category) {
        if (type.kind() == ColumnType.Kind.STRING) {
            return category;
        }
        String text = type.kind() == ColumnType.Kind.BOOLEAN ? booleanText(category) : NumericCodes.wholeText(category);
        boolean fits = text != null && (type.kind() == ColumnType.Kind.BOOLEAN || NumericCodes.wholeFits(type, text));
        if (!fits) {
            throw new IllegalArgumentException(
                    "column '" + name + "': category '" + category + "' is not of type " + type.configName());
        }
        return text;
    }

    /** An immutable list whose {@code indexOf} takes the same time for any number of categories. */
    private static final class Categories extends AbstractList<String> implements RandomAccess, Serializable {

        private static final long serialVersionUID = 1L;

        private final String[] texts;
        private final Map<String, Integer> indices;

        private Categories(String[] texts, Map<String, Integer> indices) {
            this.texts = texts;
            this.indices = indices;
        }

        static Categories of(String name, ColumnType type, List<String> declared) {
            if (declared.isEmpty()) {
                throw new IllegalArgumentException(
                        "column '" + name + "' has no categories: declare at least one, or declare min and max");
            }
            List<String> texts = new ArrayList<>(declared.size());
            Map<String, Integer> indices = new HashMap<>();
            for (String category : declared) {
                if (category == null) {
                    throw new IllegalArgumentException(
                            "column '" + name + "': a category is null: set nullable: true instead");
                }
                String text = canonical(name, type, category);
                if (indices.putIfAbsent(text, texts.size()) != null) {
                    throw new IllegalArgumentException(
                            "column '" + name + "': category '" + text + "' is declared twice");
                }
                texts.add(text);
            }
            return new Categories(texts.toArray(String[]::new), indices);
        }

        @Override
        public String get(int index) {
            return texts[index];
        }

        @Override
        public int size() {
            return texts.length;
        }

        @Override
        public int indexOf(Object category) {
            return indices.getOrDefault(category, -1);
        }

        @Override
        public boolean contains(Object category) {
            return indices.containsKey(category);
        }
    }
}
