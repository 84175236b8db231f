package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.TextSpec;

/** How a text stands beside the columns of a table. */
final class BesideSettings extends Group<TextSpec.Beside> {

    final Setting<Double> share = value("share", new Real(0, false, 1, false), 0.7, TextSpec.Beside::share)
            .means(
                    "Share of the squared distance of two unlike records that the text has; the columns have the rest. It"
                            + " decides what a record votes by. Only with `tabular` and `text` both.");
    final Setting<Double> textOnly = value("text_only", Real.SHARE, 0.5, TextSpec.Beside::textOnly)
            .means("Share of the variations that keep the columns and have their text written anew.");
    final Setting<Double> columnsOnly = value("columns_only", Real.SHARE, 0.0, TextSpec.Beside::columnsOnly)
            .means("Share of the variations that keep the text and have their columns varied, at no cost. The others"
                    + " change both: a text is written for the new columns.");

    /** @param wanted whether there are columns that the text is beside */
    Optional<TextSpec.Beside> read(Section section, boolean wanted) {
        if (!wanted) {
            for (Setting<?> setting : own()) {
                section.refuse(setting, "there are no columns beside the text: give tabular, too, or take it out");
            }
            return Optional.empty();
        }
        return Optional.ofNullable(section.make(
                columnsOnly,
                () -> new TextSpec.Beside(section.get(share), section.get(textOnly), section.get(columnsOnly))));
    }
}
