package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns that are not compared, by reason. */
final class LeftOut {

    private final Map<String, List<String>> columns = new LinkedHashMap<>();

    void add(String reason, String column) {
        columns.computeIfAbsent(reason, key -> new ArrayList<>()).add(column);
    }

    /** One sentence per reason. */
    List<String> notes() {
        return columns.entrySet().stream()
                .map(left -> "Left out: " + String.join(", ", left.getValue()) + ": " + left.getKey() + ".")
                .toList();
    }
}
