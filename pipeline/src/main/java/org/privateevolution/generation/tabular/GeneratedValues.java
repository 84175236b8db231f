package org.privateevolution.generation.tabular;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.IdPattern;
import org.privateevolution.model.Seed;

/**
 * The values of made-up columns. They are a function of the seed and the row's number, so that a row gets the same
 * values whenever and wherever it is written. Rows with different numbers have different ids and e-mail addresses.
 *
 * <p>E-mail addresses use domains that nobody can own (RFC 2606), and telephone numbers are in the range that North
 * America reserves for fiction.
 */
public final class GeneratedValues implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String[] DOMAINS = {"example.com", "example.net", "example.org"};

    private final GeneratedColumns columns;
    private final long seed;
    private final Names names;

    private GeneratedValues(GeneratedColumns columns, long seed, Names names) {
        this.columns = columns;
        this.seed = seed;
        this.names = names;
    }

    /**
     * Returns the values of the given columns.
     *
     * @param seed the run's seed
     * @throws IllegalArgumentException if no names are known for the locale
     */
    public static GeneratedValues of(GeneratedColumns columns, long seed) {
        boolean personal =
                columns.columns().stream().anyMatch(column -> column.kind().personal());
        return new GeneratedValues(
                columns, new Seed(seed).derive("made up").value(), personal ? Names.of(columns.locale()) : Names.NONE);
    }

    /** Whether no column is made up. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /**
     * Checks that columns whose values must differ have enough of them.
     *
     * @param rows number of rows, counted from row 0
     * @throws IllegalArgumentException if a column has too few different values
     */
    public void requireSufficient(long rows) {
        columns.columns().stream()
                .filter(column -> !column.suffices(rows))
                .findFirst()
                .ifPresent(column -> {
                    throw new IllegalArgumentException(column.tooFew(rows));
                });
    }

    /**
     * Completes a row: returns its values in the declared order, with the made-up values inserted.
     *
     * @param learnt values of the learnt columns, and of any columns after all declared columns
     * @param number the row's number, from 0
     */
    public List<Object> complete(List<?> learnt, long number) {
        return columns.merge(learnt, row(number));
    }

    /** The made-up values of a row, in the order of the columns. */
    List<Object> row(long number) {
        Person person = names.isEmpty() ? null : person(number);
        List<Object> row = new ArrayList<>();
        for (GeneratedColumn column : columns.columns()) {
            row.add(
                    switch (column.kind()) {
                        case ID -> id(column, number);
                        case UUID -> uuid(column, number);
                        case FIRST_NAME -> person.first();
                        case LAST_NAME -> person.last();
                        case NAME -> person.first() + " " + person.last();
                        case EMAIL -> person.email(number);
                        case ADDRESS -> person.address();
                        case PHONE -> phone(number);
                    });
        }
        return row;
    }

    private Object id(GeneratedColumn column, long number) {
        IdPattern pattern = column.pattern();
        if (pattern == null) {
            return number + 1;
        }
        return pattern.id(scattered(BigInteger.valueOf(number), pattern.size(), new Seed(seed).derive(column.name())));
    }

    /**
     * A permutation of the numbers below {@code size}: maps n to (start + n * step) mod size, where step and size are
     * coprime.
     */
    private static BigInteger scattered(BigInteger number, BigInteger size, Seed seed) {
        RandomGenerator random = seed.generator();
        BigInteger start = below(size, random);
        BigInteger step = below(size, random).max(BigInteger.ONE);
        while (!step.gcd(size).equals(BigInteger.ONE)) {
            step = step.add(BigInteger.ONE);
        }
        return start.add(number.multiply(step)).mod(size);
    }

    /** A number below {@code size}, uniform up to a bias below 2^-64. */
    private static BigInteger below(BigInteger size, RandomGenerator random) {
        byte[] bytes = new byte[size.bitLength() / Byte.SIZE + Long.BYTES + 1];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).mod(size);
    }

    /** A name-based UUID (RFC 9562, version 3) of the seed, the column and the row's number. */
    private String uuid(GeneratedColumn column, long number) {
        String name = seed + "/" + column.name() + "/" + number;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String phone(long number) {
        RandomGenerator random = new Seed(seed).derive("phone").derive(number).generator();
        return String.format(
                Locale.ROOT,
                "+1-%d%d%d-555-01%02d",
                2 + random.nextInt(8),
                random.nextInt(9),
                random.nextInt(10),
                random.nextInt(100));
    }

    private Person person(long number) {
        RandomGenerator random = new Seed(seed).derive("person").derive(number).generator();
        return new Person(
                drawn(names.first(), random),
                drawn(names.last(), random),
                drawn(names.streets(), random) + ", " + drawn(names.towns(), random),
                DOMAINS[random.nextInt(DOMAINS.length)]);
    }

    private static String drawn(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }

    private record Person(String first, String last, String address, String domain) {

        /** The row's number distinguishes people of the same name. */
        String email(long number) {
            String local = (letters(first) + "." + letters(last)).replaceAll("^\\.|\\.$", "");
            return (local.isEmpty() ? "user" : local) + (number + 1) + "@" + domain;
        }

        private static String letters(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFD)
                    .toLowerCase(Locale.ROOT)
                    .replace("ß", "ss")
                    .replaceAll("[^a-z]", "");
        }
    }
}
