package org.privateevolution.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.model.endpoint.CallPolicy;

/**
 * What kind of samples a run makes, and how. Where kinds differ, the program asks here, or the kind's room below
 * {@code spark.modality}: nobody else has to know which kinds there are.
 */
public interface Modality {

    /** The section of the configuration that declares it. */
    String section();

    /** The kinds that a sample is made of: itself, unless it is of several. */
    default List<Modality> parts() {
        return List.of(this);
    }

    /** The table that a sample is a row of; empty if it has no declared columns. */
    default Optional<TableSchema> table() {
        return Optional.empty();
    }

    /** What a sample is beside declared columns; empty if it is nothing else. */
    default Optional<Content> content() {
        return Optional.empty();
    }

    /** The private column that holds the records' vectors; empty if records are embedded. */
    default Optional<String> vectorColumn() {
        return Optional.empty();
    }

    /** What makes the samples, if this project does not bring it. */
    Optional<ForeignGenerator> foreignGenerator();

    /** What embeds them, likewise. */
    default Optional<ExtensionSpec> foreignEmbedder() {
        return Optional.empty();
    }

    /** About how many bytes the driver holds of a sample, beside what it holds of any. */
    long sampleBytes();

    /** What a model is asked for a sample; empty if none is asked. */
    default Optional<ModelCalls> modelCalls() {
        return Optional.empty();
    }

    /**
     * What a sample is.
     *
     * @param columns that hold it in the private data; several are joined
     * @param published the column that holds it in the synthetic data
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
     * What a model is asked for a sample.
     *
     * @param endpoints how they are called; empty for a model in this process
     * @param answers what it answers
     */
    record ModelCalls(Optional<CallPolicy> endpoints, Answers answers) {}

    /** What a model answers. */
    sealed interface Answers {

        /** @param most tokens of an answer; empty if there is no limit */
        record Tokens(OptionalInt most) implements Answers {}

        /** An image. */
        record Picture() implements Answers {}
    }
}
