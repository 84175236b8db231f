package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.TextSpec;

/** The settings that combine a text with the columns of a table. */
final class BesideSettings extends Group<TextSpec.Beside> {

    final Setting<Double> share = value("share", new Real(0, false, 1, false), 0.7, TextSpec.Beside::share)
            .means("The text's share of the squared distance between two unrelated records; the columns have the"
                    + " rest. It decides what a record votes by. Only with both `tabular` and `text`.");
    final Setting<Double> textOnly = value("text_only", Real.SHARE, 0.5, TextSpec.Beside::textOnly)
            .means("Share of the variations that keep the columns and get a new text.");
    final Setting<Double> columnsOnly = value("columns_only", Real.SHARE, 0.0, TextSpec.Beside::columnsOnly)
            .means("Share of the variations that keep the text and vary the columns, at no cost. All other variations"
                    + " change both: a new text is written for the varied columns.");

    final Setting<String> rating = optional("rating", Text.of("column name"), "", TextSpec.Beside::rating)
            .otherwise("the first column of numbers whose name has the word `star`, `rating` or `satisfaction`; the run"
                    + " says which")
            .means("Column, or label, whose numbers say how content the writer of the text is: the built-in"
                    + " [prompts](mixed.md#prompts) put it into words. `none`: no column does.");

    /** @param wanted whether the records have columns as well as a text */
    Optional<TextSpec.Beside> read(Section section, boolean wanted) {
        if (!wanted) {
            for (Setting<?> setting : own()) {
                section.refuse(setting, "there are no columns beside the text: give tabular, too, or take it out");
            }
            return Optional.empty();
        }
        return Optional.ofNullable(section.make(
                columnsOnly,
                () -> new TextSpec.Beside(
                        section.get(share),
                        section.get(textOnly),
                        section.get(columnsOnly),
                        section.has(rating) ? section.get(rating) : "")));
    }
}
