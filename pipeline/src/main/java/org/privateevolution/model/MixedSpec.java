package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/**
 * Generation and embedding of records with declared columns and one free text. The columns are treated as in a table,
 * and the text as in a run on texts.
 *
 * @param tabular specification of the columns
 * @param text specification of the text; {@link TextSpec#beside} must be present
 */
public record MixedSpec(RunSpec.Tabular tabular, TextSpec text) implements Modality {

    public MixedSpec {
        if (text.beside().isEmpty()) {
            throw new IllegalArgumentException("a text in mixed records must say how it is combined with the columns");
        }
    }

    /** How the text is combined with the columns. */
    public TextSpec.Beside beside() {
        return text.beside().orElseThrow();
    }

    @Override
    public String section() {
        return text.section();
    }

    @Override
    public List<Modality> parts() {
        return List.of(tabular, text);
    }

    @Override
    public Optional<TableSchema> table() {
        return tabular.table();
    }

    @Override
    public GeneratedColumns generated() {
        return tabular.generated();
    }

    @Override
    public Optional<Content> content() {
        return text.content();
    }

    @Override
    public Optional<ForeignGenerator> foreignGenerator() {
        return Optional.empty();
    }

    @Override
    public Optional<ExtensionSpec> foreignEmbedder() {
        return text.foreignEmbedder();
    }

    @Override
    public long sampleBytes() {
        return tabular.sampleBytes() + text.sampleBytes();
    }

    @Override
    public Optional<ModelCalls> modelCalls() {
        return text.modelCalls();
    }
}
