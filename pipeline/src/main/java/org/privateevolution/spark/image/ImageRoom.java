package org.privateevolution.spark.image;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ImageModel;
import org.privateevolution.embedding.OnnxImageEncoder;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.ConfiguredModel;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.ForeignEncoder;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** Images as a modality of runs. */
public final class ImageRoom implements Room<ImageSpec> {

    @Override
    public Class<ImageSpec> kind() {
        return ImageSpec.class;
    }

    /** Opens a model only if there is one and the configuration does not state its dimension. */
    @Override
    public int dimension(ImageSpec images) {
        if (images.embedding() instanceof ImageSpec.OnnxEmbedding onnx
                && onnx.dimension().isPresent()) {
            return onnx.dimension().getAsInt();
        }
        return encoder(images, 1).dimension();
    }

    @Override
    public String narrower() {
        return "make images.embedding smaller, or name an encoder in it";
    }

    /** Pins the checksums of the encoder's model and of the files that the generator draws from. */
    @Override
    public ImageSpec pinned(SparkSession spark, RunSpec spec, ImageSpec images) {
        return images.with(pinned(images.embedding()), ImageGeneration.pinned(spark, spec, images.generator()));
    }

    /**
     * The embedding with the checksum of its model.
     *
     * @throws ConfigurationException if the model is missing, or is not the declared one
     */
    public static ImageSpec.Embedding pinned(ImageSpec.Embedding embedding) {
        return embedding instanceof ImageSpec.OnnxEmbedding onnx
                ? onnx.with(PublicFiles.pinned(
                        onnx.model(),
                        "images.embedding.model",
                        new HadoopFile(onnx.model().location())))
                : embedding;
    }

    @Override
    public void check(SparkSession spark, PrivateSource source, RunSpec spec, ImageSpec images) {
        ImageSpec pinned = pinned(spark, spec, images);
        encoder(images, 1);
        RunFiles unwritten = RunFiles.at(spec.output().location(), SessionFiles.configuration(spark));
        new ImageGeneration(spec.with(pinned), pinned).check(unwritten);
        PrivateImageVectors.check(spark, source, spec, images);
    }

    @Override
    public OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ImageSpec images,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        if (images.source().corrupt() == ImageSpec.Corrupt.SKIP) {
            // Announced whether or not there are any, because that is private.
            listener.notice("private images that cannot be decoded are skipped; "
                    + privateStore.in(PrivateImageVectors.CORRUPT_DIRECTORY).location()
                    + ", in Parquet, lists them; it is private, and is removed when the run is published, unless"
                    + " private_data.store.keep is true");
        }
        ImageEncoder encoder = encoder(images, spark.sparkContext().conf().getInt("spark.task.cpus", 1));
        return new ImageModality(spark, source, spec, images, encoder, store, privateStore, listener);
    }

    /**
     * The renderer of a run's images.
     *
     * @param spec the run's declaration, with the checksums that it was started with
     * @param store the run's store
     * @throws ConfigurationException if fonts that the images are drawn with are missing or have changed
     */
    public static ImageRenderer renderer(RunSpec spec, ImageSpec images, RunFiles store) {
        if (images.generator() instanceof ImageSpec.DrawText draw) {
            // Other fonts would draw other images than those that were voted for.
            ImageGeneration.pinned(draw);
        }
        return new ImageGeneration(spec, images).renderer(store);
    }

    /** The encoder that a configuration names. */
    public static ImageEncoder encoder(ImageSpec images, int threads) {
        return encoder(images.embedding(), threads);
    }

    /** The encoder of an embedding. */
    public static ImageEncoder encoder(ImageSpec.Embedding embedding, int threads) {
        if (embedding instanceof ImageSpec.PixelEmbedding pixels) {
            return new PixelEncoder(pixels.frame(), pixels.channels());
        }
        if (embedding instanceof ImageSpec.ExtensionEmbedding foreign) {
            return ForeignEncoder.of(foreign.extension(), foreign.frame());
        }
        ImageSpec.OnnxEmbedding onnx = (ImageSpec.OnnxEmbedding) embedding;
        ImageModel model = new ImageModel(new HadoopFile(onnx.model().location()), onnx.settings());
        ImageEncoder encoder = ConfiguredModel.open("images.embedding", () -> OnnxImageEncoder.open(model, threads));
        int declared = onnx.dimension().orElse(encoder.dimension());
        if (declared != encoder.dimension()) {
            throw new ConfigurationException(List.of("images.embedding.dimension: " + declared
                    + " is not allowed: the model gives vectors of " + encoder.dimension() + " floats"));
        }
        return encoder;
    }
}
