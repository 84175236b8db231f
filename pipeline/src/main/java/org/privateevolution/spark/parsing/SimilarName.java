package org.privateevolution.spark.parsing;

import java.util.Collection;
import java.util.List;
import org.privateevolution.config.NearestKey;

/** Suggests the column that a misspelt name was meant to be. */
public final class SimilarName {

    private static final int MOST_EDITS = 2;

    private SimilarName() {}

    /** {@code "; did you mean NAME?"}, or an empty string if no name is similar to the wanted one. */
    public static String hint(String wanted, Collection<String> names) {
        List<String> similar = names.stream().filter(name -> is(wanted, name)).toList();
        return similar.isEmpty() ? "" : "; did you mean " + NearestKey.of(wanted, similar) + "?";
    }

    /** Whether two names differ in nothing but case or a few characters, and share some characters. */
    static boolean is(String wanted, String name) {
        return name.equalsIgnoreCase(wanted)
                || NearestKey.distance(wanted, name) <= Math.min(MOST_EDITS, (wanted.length() - 1) / 2);
    }
}
