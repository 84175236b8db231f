package org.privateevolution.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.model.endpoint.CallPolicy;

/**
 * The kind of samples that a run generates, and how it generates them. Everything that depends on the kind is defined
 * here or in the kind's own package below {@code spark.modality}; the rest of the program does not distinguish kinds.
 */
public interface Modality {

    /** The section of the configuration that declares the modality. */
    String section();

    /** The modalities that a sample consists of: itself, unless it combines several. */
    default List<Modality> parts() {
        return List.of(this);
    }

    /** The part of declared columns; empty if there is none. */
    default Optional<RunSpec.Tabular> rowPart() {
        return parts().stream()
                .filter(RunSpec.Tabular.class::isInstance)
                .map(RunSpec.Tabular.class::cast)
                .findFirst();
    }

    /** The table of which a sample is a row; empty if there are no declared columns. */
    default Optional<TableSchema> table() {
        return Optional.empty();
    }

    /** Whether a sample is, or has, a row of a table, even if its columns are yet to be discovered. */
    default boolean hasColumns() {
        return table().isPresent();
    }

    /** Whether a sample is one row of declared columns and nothing else. */
    default boolean isRow() {
        return table().isPresent() && content().isEmpty();
    }

    /** Whether a sample is everything of one client, even if its columns are yet to be discovered. */
    default boolean areClients() {
        return clients().isPresent();
    }

    /** The tables of clients, if a sample is everything of one client. */
    default Optional<ClientTables> clients() {
        return Optional.empty();
    }

    /** Columns of the published table that are made up; samples do not contain them. */
    default GeneratedColumns generated() {
        return GeneratedColumns.NONE;
    }

    /** The content of a sample besides declared columns; empty if there is none. */
    default Optional<Content> content() {
        return Optional.empty();
    }

    /** The private column with precomputed vectors of the records; empty if the run embeds the records. */
    default Optional<String> vectorColumn() {
        return Optional.empty();
    }

    /** The generator from outside this project; empty if the run uses one of the project's own. */
    Optional<ForeignGenerator> foreignGenerator();

    /** The embedder from outside this project; empty if the run uses one of the project's own. */
    default Optional<ExtensionSpec> foreignEmbedder() {
        return Optional.empty();
    }

    /** Approximate number of bytes of driver memory per sample, beyond those that any sample takes. */
    long sampleBytes();

    /** The requests to a model per sample; empty if the modality uses no model. */
    default Optional<ModelCalls> modelCalls() {
        return Optional.empty();
    }

    /**
     * The content of a sample.
     *
     * @param columns columns of the private data with the content; several are joined
     * @param published column of the synthetic data with the content
     */
    record Content(List<String> columns, String published, Kind kind) {

        /** Type of the columns. */
        public enum Kind {
            TEXT,
            /** An encoded file. */
            BYTES
        }

        public Content {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Requests to a model.
     *
     * @param endpoints how endpoints are called; empty for a model in this process
     * @param answers kind of the model's answers
     */
    record ModelCalls(Optional<CallPolicy> endpoints, Answers answers) {}

    /** Kind of a model's answers. */
    sealed interface Answers {

        /**
         * A text.
         *
         * @param most greatest number of tokens of an answer; empty if there is no limit
         */
        record Tokens(OptionalInt most) implements Answers {}

        /** An image. */
        record Picture() implements Answers {}
    }
}
