package org.privateevolution.spi;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableSchema;

/**
 * The samples of one iteration of a run.
 *
 * @param iteration number of completed votes; after the last vote, the samples are the published ones
 * @param labels names of the labels, by index
 * @param schema of a table's rows; empty for other samples
 * @param embedder embeds these samples as the run does
 */
public record SyntheticSamples(
        int iteration, List<String> labels, Optional<TableSchema> schema, List<Sample> samples, Embedder embedder) {

    public SyntheticSamples {
        labels = List.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /** The payloads of the samples, in order. */
    public List<Payload> payloads() {
        return samples.stream().map(Sample::payload).toList();
    }
}
