package org.privateevolution.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A column of sets, such as the tags of an article: an array of strings from a declared vocabulary, in which order and
 * repetition mean nothing.
 *
 * <p>A set is one code per member: whether it holds the member. The run treats these codes as boolean columns of their
 * own, so marginals, votes and noise know nothing of sets, and a set needs no bound on its size for privacy. A nullable
 * column begins with one more code: whether the set is null. A null holds no member.
 *
 * @param members the vocabulary: distinct, in the order in which sets are published, at least one
 * @param other the member that takes every undeclared one; null if such a member is an error
 * @param usual number of members that most sets have at most, 1 to the number of members. It is public, and no bound:
 *     it sets how far two sets are apart, and how large the first sets are that RANDOM_API draws
 */
public record SetColumn(String name, List<String> members, boolean nullable, String other, int usual)
        implements LearntColumn {

    private static final long serialVersionUID = 1L;

    /** The name of the type in a configuration, which is also Spark's. */
    public static final String TYPE = "array<string>";

    private static final ColumnType MEMBERSHIP = ColumnType.of(ColumnType.Kind.BOOLEAN);
    private static final String BETWEEN = ", ";

    public SetColumn {
        CategoricalColumn vocabulary =
                new CategoricalColumn(name, ColumnType.of(ColumnType.Kind.STRING), members, false, other);
        members = vocabulary.categories();
        if (usual < 1 || usual > members.size()) {
            throw new IllegalArgumentException("column '" + name + "': usual_members is " + usual
                    + ": must be from 1 to its " + members.size() + " categories");
        }
    }

    @Override
    public List<Column> parts() {
        List<Column> parts = new ArrayList<>();
        if (nullable) {
            parts.add(part(name + " is null"));
        }
        members.forEach(member -> parts.add(part(name + "=" + member)));
        return parts;
    }

    @Override
    public int width() {
        return members.size() + (nullable ? 1 : 0);
    }

    private static CategoricalColumn part(String name) {
        return new CategoricalColumn(name, MEMBERSHIP, List.of(), false, null);
    }

    /**
     * How much a member counts in the embedding beside a category, as a factor of its entry.
     *
     * <p>Two sets are at most 2 {@code usual} members apart if neither has more than {@code usual}, and never more than
     * there are members. With the root of the smaller number as divisor, two sets of usual size that have nothing in
     * common are as far apart as two different categories, so a set counts as much as a categorical column.
     */
    public double memberWeight() {
        return 1 / Math.sqrt(Math.min(members.size(), 2.0 * usual));
    }

    /** The probability with which RANDOM_API gives a set a member: {@code usual} members on average, at most half. */
    public double memberProbability() {
        return Math.min(0.5, (double) usual / members.size());
    }

    /** Whether a part, by its index in {@link #parts}, says that a set is null. */
    public boolean isNullPart(int part) {
        return nullable && part == 0;
    }

    @Override
    public void encode(Object value, double[] codes, int at) {
        int first = nullable ? at + 1 : at;
        Arrays.fill(codes, at, at + width(), 0);
        if (value == null) {
            if (!nullable) {
                throw new UndeclaredValueException(NumericCodes.nullMessage(name));
            }
            codes[at] = 1;
            return;
        }
        if (!(value instanceof Collection<?> held)) {
            throw new UndeclaredValueException("column '" + name
                    + "': a private value is not an array of strings: declare the column's type to match its values");
        }
        for (Object member : held) {
            codes[first + indexOf(member)] = 1;
        }
    }

    private int indexOf(Object member) {
        if (member == null) {
            throw new UndeclaredValueException(
                    "column '" + name + "': a private array holds a null: remove the nulls from its arrays");
        }
        if (!(member instanceof CharSequence)) {
            throw new UndeclaredValueException("column '" + name
                    + "': a private array holds a value that is not a string: make its values strings first");
        }
        int index = members.indexOf(member.toString());
        if (index < 0 && other != null) {
            index = members.indexOf(other);
        }
        if (index < 0) {
            throw new UndeclaredValueException("column '" + name
                    + "': a private array holds a member that is not among its declared categories: add the category,"
                    + " or set other to the category that takes undeclared members");
        }
        return index;
    }

    @Override
    public List<String> decode(TableRow row, int at) {
        if (isNull(row, at)) {
            return null;
        }
        int first = nullable ? at + 1 : at;
        List<String> held = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (row.code(first + i) == 1) {
                held.add(members.get(i));
            }
        }
        return held;
    }

    @Override
    public boolean isNull(TableRow row, int at) {
        return nullable && row.code(at) == 1;
    }

    @Override
    public String text(TableRow row, int at) {
        return isNull(row, at) ? "" : String.join(BETWEEN, decode(row, at));
    }
}
