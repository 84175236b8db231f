package org.privateevolution.config;

import org.privateevolution.model.ColumnType;

/** Reads column types. */
final class ColumnTypes {

    private ColumnTypes() {}

    static ColumnType read(Section section, Key key) {
        String text = section.text(key);
        if (text == null) {
            return null;
        }
        try {
            return ColumnType.parse(text);
        } catch (IllegalArgumentException e) {
            section.conflict(key, e.getMessage());
            return null;
        }
    }
}
