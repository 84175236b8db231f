package org.privateevolution.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Formats of tables that a command reads, as {@code private_data.format} names them. */
final class TableFormat {

    /** All formats. */
    static final List<String> ALL = List.of("parquet", "csv", "json", "orc", "delta", "table");

    private static final Map<String, String> BY_EXTENSION =
            Map.of("csv", "csv", "json", "json", "jsonl", "json", "ndjson", "json", "parquet", "parquet", "orc", "orc");

    private TableFormat() {}

    /**
     * Tells the format from the end of a location: its extension, or the name of a folder such as
     * {@code synthetic/parquet}.
     */
    static Optional<String> of(String location) {
        String name = location.replaceAll("/+$", "").replaceAll("^.*/", "");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_EXTENSION.get(extension));
    }

    /** All formats as text, for messages. */
    static String list() {
        return String.join(", ", ALL);
    }
}
