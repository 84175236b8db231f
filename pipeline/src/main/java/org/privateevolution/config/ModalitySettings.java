package org.privateevolution.config;

import java.util.List;
import java.util.Set;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;

/**
 * The section of one kind of samples.
 *
 * @param <S> what it declares
 */
abstract class ModalitySettings<S extends Modality> extends Group<S> {

    /** What it declares. */
    abstract Class<S> kind();

    /**
     * Makes the declaration.
     *
     * @param labels null if they are wrong, a problem already noted
     * @param data likewise
     */
    abstract S read(Section section, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data);

    /** Whether a sample is a row of declared columns and nothing else, which an estimate explains by itself. */
    boolean isTable() {
        return false;
    }

    /** Formats of private data that hold such records and nothing else. */
    Set<String> ownFormats() {
        return Set.of();
    }

    /** Formats that its samples can be written in. */
    List<String> outputFormats() {
        return List.of("parquet", "csv", "jsonl");
    }

    /** Those that they are written in if the configuration does not say. */
    List<String> usualOutputFormats() {
        return List.of("parquet", "csv");
    }

    /** What a private column is that it uses, and what to do where the column is something else, too. */
    abstract String role();
}
