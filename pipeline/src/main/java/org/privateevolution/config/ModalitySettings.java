package org.privateevolution.config;

import java.util.List;
import java.util.Set;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;

/**
 * The section of one modality.
 *
 * @param <S> the modality's part of the run specification
 */
abstract class ModalitySettings<S extends Modality> extends Group<S> {

    /** Class of the modality's part of the run specification. */
    abstract Class<S> kind();

    /**
     * Converts the section to the modality's part of the run specification.
     *
     * @param labels null if the labels are wrong, which has been noted as a problem
     * @param data null if the private data are wrong, which has been noted as a problem
     */
    abstract S read(Section section, Problems problems, RunSpec.Labels labels, RunSpec.PrivateData data);

    /** Whether a sample is a row of declared columns and nothing else, so that an estimate can draw rows itself. */
    boolean isTable() {
        return false;
    }

    /** Formats of private data that can hold only records of this modality. */
    Set<String> ownFormats() {
        return Set.of();
    }

    /** Formats in which the modality's samples can be written. */
    List<String> outputFormats() {
        return List.of("parquet", "csv", "jsonl");
    }

    /** Formats in which the samples are written if the configuration names none. */
    List<String> usualOutputFormats() {
        return List.of("parquet", "csv");
    }

    /**
     * For messages: the role of a private column that the modality uses, and what to do if the column has another role,
     * too.
     */
    abstract String role();
}
