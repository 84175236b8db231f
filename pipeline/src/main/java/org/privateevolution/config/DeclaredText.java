package org.privateevolution.config;

import java.util.List;
import org.privateevolution.model.DeclaredColumn;

/** Writes declared columns as a configuration declares them. */
public final class DeclaredText {

    private DeclaredText() {}

    /** Each column as an entry of {@code tabular.columns}, on one line. */
    public static List<String> of(List<DeclaredColumn> columns) {
        TabularSettings.ColumnSettings settings = RunSettings.ROOT.tabular.columns;
        return columns.stream()
                .map(column -> CanonicalConfiguration.json(settings.written(column)))
                .toList();
    }
}
