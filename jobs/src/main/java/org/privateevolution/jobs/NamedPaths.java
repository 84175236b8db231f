package org.privateevolution.jobs;

import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.source.PrivateDataException;

/** Checks whether the data that a configuration names exist, as far as this machine can tell without Spark. */
final class NamedPaths {

    private NamedPaths() {}

    /** @throws ConfigurationException if the public data that samples are drawn from do not exist */
    static void requirePublicData(RunSpec run) {
        publicData(run).ifPresent(problem -> {
            throw new ConfigurationException(List.of(problem));
        });
    }

    private static Optional<String> publicData(RunSpec run) {
        if (run.modality() instanceof ImageSpec images && images.generator() instanceof ImageSpec.Pool pool) {
            return problem("images.pool.path", pool.images().location(), ImageSpec.FOLDER);
        }
        if (run.modality() instanceof TextSpec texts && texts.generator() instanceof TextSpec.Corpus corpus) {
            return problem("text.corpus.path", corpus.texts().location(), corpus.format());
        }
        return Optional.empty();
    }

    /** Says that the private data do not exist; empty if they exist, or are not files. */
    static Optional<String> privateData(RunSpec run) {
        RunSpec.PrivateData data = run.privateData();
        return data.format().equals(RunSpec.PrivateData.DATA_FRAME) || data.isExtension()
                ? Optional.empty()
                : problem("private_data.path", data.location(), data.format());
    }

    /**
     * Checks the private data before the slow start of Spark, and before anything else is found wrong.
     *
     * @throws PrivateDataException if they do not exist, unless the output holds the run already, which may have read
     *     all that it needs
     */
    static void requirePrivateData(RunSpec run) {
        privateData(run).filter(problem -> !PrivateEvolution.isBegun(run)).ifPresent(problem -> {
            throw new PrivateDataException(problem);
        });
    }

    private static Optional<String> problem(String key, String location, String format) {
        return LocalPath.problem(location, format).map(problem -> key + ": " + problem);
    }
}
