package org.privateevolution.spark.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sha256;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.EmbedderProvider;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.Options;

/**
 * An embedder that an extension provides. It is given one record at a time, so that no vector depends on the records
 * that happen to be embedded with it.
 */
public final class ForeignEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String extension;
    private final String fingerprint;
    private final Embedder embedder;
    private final int dimension;

    private ForeignEmbedder(String extension, String fingerprint, Embedder embedder) {
        this.extension = extension;
        this.fingerprint = fingerprint;
        this.embedder = embedder;
        this.dimension = ForeignCode.call(extension, embedder::dimension);
        if (dimension < 1) {
            throw ForeignCode.failed(extension, "states the dimension " + dimension + ": it must be at least 1");
        }
    }

    public static ForeignEmbedder of(ExtensionSpec spec) {
        String extension = "embedder " + spec.name();
        Embedder embedder = ForeignCode.call(
                extension,
                () -> Extensions.of(EmbedderProvider.class).named(spec.name()).create(new Options(spec.options())));
        return new ForeignEmbedder(
                extension, fingerprint(spec) + ForeignCode.call(extension, embedder::fingerprint), embedder);
    }

    /**
     * Identifies the extension together with its options: two extensions with different options have different
     * fingerprints.
     */
    static String fingerprint(ExtensionSpec spec) {
        try {
            return "extension-" + spec.name() + "-" + spec.version() + "-"
                    + Sha256.of(JSON.writeValueAsString(spec.options())) + "-";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public float[] embed(List<? extends Payload> payloads) {
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension)];
        for (int i = 0; i < payloads.size(); i++) {
            List<Payload> one = List.of(payloads.get(i));
            float[] vector = ForeignCode.call(extension, () -> embedder.embed(one));
            ForeignCode.requireVector(extension, vector, dimension);
            System.arraycopy(vector, 0, vectors, i * dimension, dimension);
        }
        return vectors;
    }

    @Override
    public float[] probe() {
        return ForeignCode.call(extension, embedder::probe);
    }
}
