package org.privateevolution.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The made-up columns of a table, and their places among all declared columns.
 *
 * @param places index of each made-up column among all declared columns, ascending
 * @param locale language, and optionally country, of names and addresses: a BCP 47 tag such as {@code de-AT}
 */
public record GeneratedColumns(List<GeneratedColumn> columns, List<Integer> places, String locale)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The default locale. */
    public static final String USUAL_LOCALE = "en-US";

    /** No column is made up. */
    public static final GeneratedColumns NONE = new GeneratedColumns(List.of(), List.of(), USUAL_LOCALE);

    public GeneratedColumns {
        columns = List.copyOf(columns);
        places = List.copyOf(places);
        if (columns.size() != places.size()) {
            throw new IllegalArgumentException(columns.size() + " columns have " + places.size() + " places");
        }
    }

    /** Selects the made-up columns from all declared columns of a table. */
    public static GeneratedColumns among(List<? extends DeclaredColumn> declared, String locale) {
        List<GeneratedColumn> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i) instanceof GeneratedColumn column) {
                columns.add(column);
                places.add(i);
            }
        }
        return new GeneratedColumns(columns, places, locale);
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    public List<String> names() {
        return columns.stream().map(GeneratedColumn::name).toList();
    }

    /**
     * Merges the parts of a row or schema into the declared order.
     *
     * @param learnt entries of the learnt columns, in order; they may be followed by entries that come after all
     *     declared columns
     * @param generated entries of the made-up columns, in order
     */
    public <T> List<T> merge(List<? extends T> learnt, List<? extends T> generated) {
        List<T> all = new ArrayList<>(learnt);
        for (int i = 0; i < columns.size(); i++) {
            all.add(places.get(i), generated.get(i));
        }
        return all;
    }
}
