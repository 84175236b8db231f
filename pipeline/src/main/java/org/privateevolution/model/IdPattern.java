package org.privateevolution.model;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of an id, such as {@code C-[0-9]{8}}. The ids of this form are numbered.
 *
 * <p>A pattern is a regular expression of fixed length. It consists of literal characters, {@code \d} for a digit, a
 * backslash before a special character that is meant literally, and classes with ranges such as {@code [A-Z0-9]}. A
 * {@code {n}} after any of these repeats it n times.
 */
public final class IdPattern implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Largest number of characters in an id. */
    private static final int LONGEST = 256;

    private static final String DIGITS = "0123456789";
    private static final String NEEDS_BACKSLASH = "(){}]*+?|.^$";

    private final String pattern;

    /** The characters allowed at each place of an id. */
    private final List<String> places;

    private IdPattern(String pattern, List<String> places) {
        this.pattern = pattern;
        this.places = List.copyOf(places);
    }

    /** @throws IllegalArgumentException if the text is not a valid pattern; the message says why */
    public static IdPattern parse(String pattern) {
        return new Parser(pattern).parse();
    }

    /** Number of ids of this form. */
    public BigInteger size() {
        BigInteger size = BigInteger.ONE;
        for (String place : places) {
            size = size.multiply(BigInteger.valueOf(place.length()));
        }
        return size;
    }

    /**
     * Returns the id with a number.
     *
     * @param index from 0 to {@link #size()}, exclusive; different indexes give different ids
     */
    public String id(BigInteger index) {
        if (index.signum() < 0 || index.compareTo(size()) >= 0) {
            throw new IllegalArgumentException("index " + index + " is not below the " + size() + " ids of " + pattern);
        }
        char[] id = new char[places.size()];
        BigInteger rest = index;
        for (int i = id.length - 1; i >= 0; i--) {
            BigInteger[] parts =
                    rest.divideAndRemainder(BigInteger.valueOf(places.get(i).length()));
            id[i] = places.get(i).charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdPattern same && pattern.equals(same.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** The pattern in the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return pattern;
    }

    private static final class Parser {
        private final String pattern;
        private final List<String> places = new ArrayList<>();
        private int at;

        Parser(String pattern) {
            this.pattern = pattern;
        }

        IdPattern parse() {
            while (at < pattern.length()) {
                String choice = choice();
                int times = times();
                if (places.size() + times > LONGEST) {
                    throw refused("its ids are longer than " + LONGEST + " characters");
                }
                for (int i = 0; i < times; i++) {
                    places.add(choice);
                }
            }
            if (places.isEmpty()) {
                throw refused("it is empty");
            }
            return new IdPattern(pattern, places);
        }

        private String choice() {
            char next = pattern.charAt(at++);
            if (next == '[') {
                return characterClass();
            }
            if (next == '\\') {
                return escaped();
            }
            if (NEEDS_BACKSLASH.indexOf(next) >= 0) {
                throw refused("'" + next + "' at character " + at + " is not supported: write \\" + next
                        + " for the character itself");
            }
            return String.valueOf(next);
        }

        private String escaped() {
            char next = required("a backslash ends it");
            if (next == 'd') {
                return DIGITS;
            }
            if (Character.isLetterOrDigit(next)) {
                throw refused("\\" + next + " is not supported: use a class such as [A-Za-z0-9]");
            }
            return String.valueOf(next);
        }

        private String characterClass() {
            StringBuilder members = new StringBuilder();
            if (pattern.startsWith("^", at)) {
                throw refused("[^...] is not supported: name the characters that are allowed");
            }
            for (char next = inClass(); next != ']'; next = inClass()) {
                String member = member(next);
                if (member.length() == 1 && beginsRange()) {
                    at++;
                    range(members, member.charAt(0), member(inClass()).charAt(0));
                } else {
                    member.chars().forEach(each -> add(members, (char) each));
                }
            }
            if (members.isEmpty()) {
                throw refused("[] has no character");
            }
            return members.toString();
        }

        private String member(char next) {
            return next == '\\' ? escaped() : String.valueOf(next);
        }

        /** Whether a range follows. A hyphen at the end of a class is literal. */
        private boolean beginsRange() {
            return pattern.startsWith("-", at) && !pattern.startsWith("]", at + 1);
        }

        private void range(StringBuilder members, char first, char last) {
            if (first > last) {
                throw refused("the range " + first + "-" + last + " is backwards");
            }
            for (int member = first; member <= last; member++) {
                add(members, (char) member);
            }
        }

        private void add(StringBuilder members, char member) {
            if (members.indexOf(String.valueOf(member)) >= 0) {
                throw refused("'" + member + "' is in a class twice");
            }
            members.append(member);
        }

        private char inClass() {
            return required("a class that begins with [ has no ]");
        }

        private char required(String otherwise) {
            if (at == pattern.length()) {
                throw refused(otherwise);
            }
            return pattern.charAt(at++);
        }

        private int times() {
            if (at == pattern.length() || pattern.charAt(at) != '{') {
                return 1;
            }
            int end = pattern.indexOf('}', at);
            String number = end < 0 ? "" : pattern.substring(at + 1, end);
            if (!number.matches("[1-9][0-9]{0,2}")) {
                throw refused("{ at character " + (at + 1) + " begins no repetition: write {n}, with n from 1 to 999");
            }
            at = end + 1;
            return Integer.parseInt(number);
        }

        private IllegalArgumentException refused(String reason) {
            return new IllegalArgumentException("'" + pattern + "' is not a pattern of ids: " + reason);
        }
    }
}
