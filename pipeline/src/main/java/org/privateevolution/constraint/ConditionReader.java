package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.privateevolution.constraint.Linear.Term;
import org.privateevolution.constraint.Tokens.Kind;
import org.privateevolution.constraint.Tokens.Token;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;

/**
 * Reads conditions: the part of Spark SQL that compares columns, sums of columns and constants, with AND, OR, NOT, IN,
 * BETWEEN, IS NULL and RLIKE. A condition means here what it means to Spark.
 */
final class ConditionReader {

    private final RowColumns columns;
    private final Tokens tokens;

    ConditionReader(RowColumns columns, Tokens tokens) {
        this.columns = columns;
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException if this is no condition on the columns; the message says why */
    Condition read() {
        Condition condition = either(false);
        if (!tokens.isAtEnd()) {
            throw tokens.expected("AND, OR or the end");
        }
        return condition;
    }

    /** @param negated whether the negation of what follows is read */
    private Condition either(boolean negated) {
        List<Condition> parts = new ArrayList<>(List.of(both(negated)));
        while (tokens.take("or")) {
            parts.add(both(negated));
        }
        return joined(parts, negated);
    }

    private Condition both(boolean negated) {
        List<Condition> parts = new ArrayList<>(List.of(one(negated)));
        while (tokens.take("and")) {
            parts.add(one(negated));
        }
        return joined(parts, !negated);
    }

    private static Condition joined(List<Condition> parts, boolean all) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return all ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition one(boolean negated) {
        if (tokens.take("not")) {
            return one(!negated);
        }
        if (tokens.take("(")) {
            Condition inner = either(negated);
            tokens.require(")");
            return inner;
        }
        return predicate(negated);
    }

    private Condition predicate(boolean negated) {
        Operand left = operand();
        if (tokens.take("is")) {
            boolean isNot = tokens.take("not");
            tokens.require("null");
            return new Test.IsNull(left.soleColumn("IS NULL"), isNot == negated);
        }
        boolean isNot = negated ^ tokens.take("not");
        if (tokens.take("in")) {
            List<Condition> parts = new ArrayList<>();
            tokens.require("(");
            do {
                parts.add(compared(left, isNot ? "!=" : "=", operand()));
            } while (tokens.take(","));
            tokens.require(")");
            return joined(parts, isNot);
        }
        if (tokens.take("between")) {
            Operand low = operand();
            tokens.require("and");
            Operand high = operand();
            return joined(
                    List.of(compared(left, isNot ? "<" : ">=", low), compared(left, isNot ? ">" : "<=", high)), !isNot);
        }
        if (tokens.take("rlike")) {
            return matching(left.soleColumn("RLIKE"), isNot);
        }
        if (isNot != negated) {
            throw tokens.expected("IN, BETWEEN or RLIKE");
        }
        Token symbol = tokens.peek();
        for (String operator : List.of("<=", ">=", "<>", "!=", "==", "=", "<", ">")) {
            if (tokens.take(operator)) {
                return compared(left, negated ? opposite(operator) : operator, operand());
            }
        }
        if (left.terms().size() == 1 && left.number() == 0) {
            int column = left.soleColumn("a condition");
            if (columns.get(column).type().kind() == ColumnType.Kind.BOOLEAN) {
                return among(column, text -> text.equals(negated ? "false" : "true"));
            }
        }
        throw new IllegalArgumentException("expected a comparison instead of " + symbol.text());
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "<=" -> ">";
            case ">=" -> "<";
            case "<" -> ">=";
            case ">" -> "<=";
            case "=", "==" -> "!=";
            default -> "=";
        };
    }

    /**
     * One side of a comparison: a sum of columns and a number, or a text.
     *
     * @param text a quoted text, or true or false; null for a sum
     */
    private record Operand(Map<Integer, Integer> terms, double number, String text) {

        int soleColumn(String keyword) {
            if (text != null || number != 0 || terms.size() != 1 || !terms.containsValue(1)) {
                throw new IllegalArgumentException("expected the name of a column before " + keyword);
            }
            return terms.keySet().iterator().next();
        }

        boolean isColumn() {
            return text == null && number == 0 && terms.size() == 1 && terms.containsValue(1);
        }
    }

    private Operand operand() {
        Token first = tokens.peek();
        boolean date = first.kind() == Kind.WORD
                && (first.is("date") || first.is("timestamp"))
                && tokens.peekSecond().kind() == Kind.TEXT;
        if (date) {
            tokens.next();
            return new Operand(Map.of(), 0, tokens.next().text());
        }
        if (first.kind() == Kind.TEXT || first.is("true") || first.is("false")) {
            String text = tokens.next().text();
            return new Operand(Map.of(), 0, first.kind() == Kind.TEXT ? text : text.toLowerCase(Locale.ROOT));
        }
        Map<Integer, Integer> terms = new LinkedHashMap<>();
        double number = 0;
        int sign = tokens.take("-") ? -1 : 1;
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Kind.NUMBER) {
                number += sign * Double.parseDouble(tokens.next().text());
            } else {
                int column = column();
                requireOnce(column, terms);
                terms.put(column, sign);
            }
            if (tokens.take("+")) {
                sign = 1;
            } else if (tokens.take("-")) {
                sign = -1;
            } else {
                return new Operand(terms, number, null);
            }
        }
    }

    /** A column that cancels out would still make a comparison unknown if it is null. */
    private void requireOnce(int column, Map<Integer, Integer> terms) {
        if (terms.containsKey(column)) {
            throw new IllegalArgumentException("column " + columns.name(column) + " is named twice in a comparison");
        }
    }

    /** Reads the name of a column. */
    int column() {
        Token token = tokens.peek();
        if (token.is("null")) {
            throw new IllegalArgumentException("write IS NULL or IS NOT NULL: nothing equals NULL");
        }
        if (token.kind() != Kind.NAME && token.kind() != Kind.WORD) {
            throw tokens.expected("the name of a column");
        }
        int index = columns.index(token.text());
        if (index < 0 && columns.isMadeUp(token.text())) {
            throw new IllegalArgumentException("column " + token.text()
                    + " is made up after the rest of the row: only UNIQUE may name it; an id has a pattern");
        }
        if (index < 0) {
            throw new IllegalArgumentException("no column " + token.text() + "; the columns are "
                    + columns.all().stream().map(Column::name).collect(Collectors.joining(", "))
                    + "; put texts in 'single quotes'");
        }
        tokens.next();
        return index;
    }

    private Condition matching(int column, boolean negated) {
        Token pattern = tokens.next();
        if (pattern.kind() != Kind.TEXT) {
            throw new IllegalArgumentException("expected a pattern in 'single quotes' after RLIKE");
        }
        if (columns.get(column).type().kind() != ColumnType.Kind.STRING) {
            throw new IllegalArgumentException("RLIKE needs a column of strings, but " + columns.name(column) + " is a "
                    + columns.get(column).type().configName());
        }
        try {
            Predicate<String> found = Pattern.compile(pattern.text()).asPredicate();
            return among(column, negated ? found.negate() : found);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + pattern.text() + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private Condition among(int column, Predicate<String> accepted) {
        List<String> categories = ((CategoricalColumn) columns.get(column)).categories();
        BitSet codes = new BitSet();
        IntStream.range(0, categories.size())
                .filter(code -> accepted.test(categories.get(code)))
                .forEach(codes::set);
        return new Test.Among(column, codes);
    }

    private Condition compared(Operand left, String operator, Operand right) {
        if (left.text() != null) {
            if (right.text() != null) {
                throw new IllegalArgumentException("a comparison needs a column");
            }
            return compared(right, mirrored(operator), left);
        }
        if (right.text() != null) {
            return withText(left, operator, right.text());
        }
        if (left.isColumn() && right.isColumn()) {
            int first = left.soleColumn("");
            int second = right.soleColumn("");
            requireOnce(second, left.terms());
            if (!columns.isOrdered(first) || !columns.isOrdered(second)) {
                return alike(first, operator, second);
            }
        }
        return sum(left, operator, right);
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<=" -> ">=";
            case ">=" -> "<=";
            case "<" -> ">";
            case ">" -> "<";
            default -> operator;
        };
    }

    private static boolean isEquality(String operator) {
        return operator.equals("=") || operator.equals("==");
    }

    private static boolean isInequality(String operator) {
        return operator.equals("!=") || operator.equals("<>");
    }

    private Condition withText(Operand left, String operator, String text) {
        if (!left.isColumn()) {
            throw new IllegalArgumentException("'" + text + "' can be compared with a single column only");
        }
        int column = left.soleColumn("");
        Column declared = columns.get(column);
        if (declared.type().kind().temporal()) {
            double code = NumericColumn.boundCode(declared.type(), text);
            return linear(Map.of(column, 1), operator, code);
        }
        if (columns.isOrdered(column)) {
            throw new IllegalArgumentException(
                    "column " + declared.name() + " has numbers: write '" + text + "' without quotes");
        }
        if (!isEquality(operator) && !isInequality(operator)) {
            throw new IllegalArgumentException(
                    "column " + declared.name() + " has no order: compare it by =, !=, IN or RLIKE");
        }
        List<String> categories = ((CategoricalColumn) declared).categories();
        if (!categories.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a value of column " + declared.name()
                    + ", which has " + String.join(", ", categories));
        }
        return among(column, other -> other.equals(text) == isEquality(operator));
    }

    /** Two columns of texts, or of truth values. */
    private Condition alike(int first, String operator, int second) {
        if (columns.isOrdered(first)
                || columns.isOrdered(second)
                || columns.get(first).type().kind()
                        != columns.get(second).type().kind()) {
            throw new IllegalArgumentException(
                    "columns " + columns.name(first) + " and " + columns.name(second) + " have different types");
        }
        if (!isEquality(operator) && !isInequality(operator)) {
            throw new IllegalArgumentException("columns " + columns.name(first) + " and " + columns.name(second)
                    + " have no order: compare them by = or !=");
        }
        BiPredicate<String, String> fits = (a, b) -> a.equals(b) == isEquality(operator);
        List<String> others = ((CategoricalColumn) columns.get(second)).categories();
        List<BitSet> partners = ((CategoricalColumn) columns.get(first))
                .categories().stream()
                        .map(own -> {
                            BitSet codes = new BitSet();
                            IntStream.range(0, others.size())
                                    .filter(code -> fits.test(own, others.get(code)))
                                    .forEach(codes::set);
                            return codes;
                        })
                        .toList();
        return new Test.Matched(first, second, partners);
    }

    private Condition sum(Operand left, String operator, Operand right) {
        Map<Integer, Integer> factors = new LinkedHashMap<>(left.terms());
        right.terms().forEach((column, factor) -> {
            requireOnce(column, factors);
            factors.put(column, -factor);
        });
        double bound = right.number() - left.number();
        if (factors.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs a column");
        }
        for (int column : factors.keySet()) {
            if (!columns.isOrdered(column)) {
                throw new IllegalArgumentException("column " + columns.name(column) + " is a "
                        + columns.get(column).type().configName() + ": compare it with a text in 'single quotes'");
            }
        }
        requireSameKind(factors, bound);
        return linear(factors, operator, bound);
    }

    /** Dates and timestamps have no sums, but a distance. */
    private void requireSameKind(Map<Integer, Integer> factors, double bound) {
        List<ColumnType.Kind> temporal = factors.keySet().stream()
                .map(column -> columns.get(column).type().kind())
                .filter(ColumnType.Kind::temporal)
                .distinct()
                .toList();
        if (temporal.isEmpty()) {
            return;
        }
        boolean distance = factors.size() == 2
                && factors.values().stream().mapToInt(Integer::intValue).sum() == 0
                && factors.containsValue(1);
        boolean same = temporal.size() == 1
                && factors.keySet().stream()
                        .allMatch(column -> columns.get(column).type().kind() == temporal.get(0));
        if (!distance || !same) {
            throw new IllegalArgumentException("compare a " + word(temporal.get(0)) + " with one other "
                    + word(temporal.get(0)) + ", or with a text such as '2024-12-31'");
        }
        if (bound != 0 && (temporal.get(0) != ColumnType.Kind.DATE || bound != Math.rint(bound))) {
            throw new IllegalArgumentException("only a whole number of days can be added, and only to a date");
        }
    }

    private static String word(ColumnType.Kind kind) {
        return ColumnType.of(kind).configName();
    }

    private Condition linear(Map<Integer, Integer> factors, String operator, double bound) {
        boolean turned = operator.startsWith(">");
        int sign = turned ? -1 : 1;
        List<Term> terms = factors.entrySet().stream()
                .map(entry -> new Term(entry.getKey(), sign * entry.getValue()))
                .toList();
        Relation relation =
                switch (operator) {
                    case "<=", ">=" -> Relation.AT_MOST;
                    case "<", ">" -> Relation.BELOW;
                    case "=", "==" -> Relation.EQUAL;
                    default -> Relation.UNEQUAL;
                };
        return Linear.of(columns, terms, relation, sign * bound);
    }
}
