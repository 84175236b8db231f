package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** The section of a public corpus, which takes the place of a language model. */
final class CorpusSettings extends Group<TextSpec.Corpus> {

    private static final String PLAIN_TEXT = "text";

    final Setting<String> format = optional(
                    "format", Words.texts("parquet", "csv", "json", "orc", PLAIN_TEXT), null, TextSpec.Corpus::format)
            .otherwise("required with `text.corpus`")
            .means("Format of a public corpus. Texts are drawn from it instead of from a model.");
    final Setting<String> location = optional(
                    "path", Text.location(), null, corpus -> corpus.texts().location())
            .otherwise("required with `text.corpus`")
            .free()
            .means("Where the public corpus is.");
    final Setting<Map<String, String>> options = value(
                    "options", Text.map(), Map.of(), corpus -> RedactedOptions.of(corpus.options()))
            .otherwise("`header: true`, `multiLine: true` for CSV")
            .means("Options for reading the files, as in `private_data.options`.");
    final Setting<String> column = value("column", Text.of("column name"), "value", TextSpec.Corpus::column)
            .means("Column of the texts.");
    final Setting<String> labelColumn = optional(
                    "label_column", Text.of("column name"), null, corpus -> corpus.labelColumn()
                            .orElse(null))
            .otherwise("required with labels")
            .means("Column of the labels; texts with other labels are not used.");
    final Setting<List<Integer>> neighbors = value(
                    "neighbors", Listed.of(Whole.between(1, 31)), List.of(8), TextSpec.Corpus::neighbors)
            .means("Number of nearest texts that a variation is drawn from: one value per vote; the last value"
                    + " repeats.");
    final Setting<String> sha256 =
            FileSettings.checksum(this, "sha256", "the checksum of the texts", TextSpec.Corpus::texts);

    /** @param labels null if the labels are wrong, which has been noted as a problem */
    TextSpec.Corpus read(Section section, RunSpec.Labels labels) {
        section.require(format);
        section.require(location);
        if (labels != null && labels.column().isEmpty()) {
            section.refuse(labelColumn, "the run has no labels");
        } else if (labels != null) {
            section.require(labelColumn, "the run has labels: name the corpus's column of them");
        }
        String chosen = section.get(format);
        Map<String, String> given = section.get(options);
        boolean hasOptions = chosen != null && given != null && !chosen.equals(PLAIN_TEXT);
        if (hasOptions) {
            ReaderOptions.problems(chosen, given).forEach(problem -> section.conflict(options, problem));
        }
        return section.make(() -> new TextSpec.Corpus(
                chosen,
                new PublicFile(section.get(location), Optional.ofNullable(section.get(sha256))),
                hasOptions ? ReaderOptions.withDefaults(chosen, given) : given,
                section.get(column),
                Optional.ofNullable(section.get(labelColumn)),
                section.get(neighbors)));
    }
}
