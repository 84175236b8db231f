package org.privateevolution.spark.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.DrawText;
import org.privateevolution.generation.image.HttpImageGenerator;
import org.privateevolution.generation.image.PublicImageGenerator;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.generation.image.SimulatorGenerator;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.StoredImage;
import org.privateevolution.run.MeteredGeneration;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.StoredImages;
import org.privateevolution.vector.Kernels;

/** Builds the generation API of an image run, and the renderer of its images, from the configuration. */
final class ImageGeneration {

    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

    /**
     * Limit for public images and for answers: what the largest models of the reference implementation draw, with room
     * to spare.
     */
    private static final long MOST_PIXELS = 1L << 24;

    private final RunSpec spec;
    private final ImageSpec images;
    private final Simulator simulator;

    /** @throws ConfigurationException if there are no fonts */
    ImageGeneration(RunSpec spec, ImageSpec images) {
        this.spec = spec;
        this.images = images;
        this.simulator = simulator();
    }

    /** The rule for samples that cannot be made. */
    RejectionRule rejections() {
        return images.generator() instanceof ImageSpec.Served served ? served.rejections() : new RejectionRule(1, 0);
    }

    /** @param store the run's store */
    ImageRenderer renderer(RunFiles store) {
        return simulator == null
                ? new StoredRenderer(store.location(), new ImageDecoder(MOST_PIXELS))
                : new SimulatedRenderer(simulator);
    }

    /**
     * Checks keys and addresses, before anything is requested.
     *
     * @param store the run's store, to which nothing is written
     * @throws ConfigurationException if the settings do not fit together
     */
    void check(RunFiles store) {
        if (images.generator() instanceof ImageSpec.Served served) {
            served(served, store, new RunListener() {}).close();
        }
    }

    /**
     * Opens the generation API.
     *
     * @param store the run's store
     * @param spent what earlier starts of the run have spent; kept up to date
     * @throws ConfigurationException if the pool, the endpoints or their keys are unusable
     */
    GenerationApi open(SparkSession spark, Embedder embedder, RunFiles store, SpendingLog spent, RunListener listener) {
        if (simulator != null) {
            return new SimulatorGenerator(simulator);
        }
        if (images.generator() instanceof ImageSpec.Served served) {
            HttpImageGenerator generator = served(served.with(spent.left(served.calls())), store, listener);
            return new MeteredGeneration(generator, generator::usage, spent);
        }
        return pool(spark, (ImageSpec.Pool) images.generator(), embedder);
    }

    private static HttpImageGenerator served(ImageSpec.Served served, RunFiles store, RunListener listener) {
        try {
            return new HttpImageGenerator(served, new StoredImages(store), listener, NOTICE_EVERY);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("images.api: " + e.getMessage()));
        }
    }

    /** Reads the pool of a run. */
    static PublicImages pool(SparkSession spark, RunSpec spec, ImageSpec.Pool pool) {
        return PublicImages.read(spark, spec, pool, new ImageDecoder(MOST_PIXELS));
    }

    private GenerationApi pool(SparkSession spark, ImageSpec.Pool pool, Embedder embedder) {
        List<List<StoredImage>> read = pool(spark, spec, pool).images();
        float[] vectors = embedder.embed(read.stream().flatMap(List::stream).toList());
        List<PublicImageGenerator.Pool> pools = new ArrayList<>();
        int at = 0;
        for (List<StoredImage> ofLabel : read) {
            int floats = ofLabel.size() * embedder.dimension();
            pools.add(new PublicImageGenerator.Pool(ofLabel, Arrays.copyOfRange(vectors, at, at + floats)));
            at += floats;
        }
        return new PublicImageGenerator(
                pools,
                embedder.dimension(),
                pool.neighbors(),
                Kernels.calibrated(),
                spec.vote().metric());
    }

    /** The simulator; null if the images are not simulated. */
    private Simulator simulator() {
        try {
            if (images.generator() instanceof ImageSpec.DrawText draw) {
                return new DrawText(
                        FontFiles.in(draw.fonts().location()).fonts(),
                        draw.texts().stream().map(List::of).toList(),
                        draw.settings());
            }
            return images.generator() instanceof ImageSpec.Avatar avatar
                    ? new Avatar(avatar.width(), avatar.height(), avatar.redraw(), avatar.step())
                    : null;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("images: " + e.getMessage()));
        }
    }

    /** The same generator, with the checksum of the files that it draws from. */
    static ImageSpec.Generator pinned(SparkSession spark, RunSpec spec, ImageSpec.Generator generator) {
        if (generator instanceof ImageSpec.DrawText draw) {
            return pinned(draw);
        }
        if (generator instanceof ImageSpec.Pool pool) {
            String found = pool(spark, spec, pool).sha256();
            return pool.with(PublicFiles.pinned(pool.images(), "images.pool", found));
        }
        return generator;
    }

    /**
     * The same generator, with the checksum of its fonts.
     *
     * @throws ConfigurationException if there are no fonts, or they are not the declared ones
     */
    static ImageSpec.Generator pinned(ImageSpec.DrawText draw) {
        String found = FontFiles.in(draw.fonts().location()).sha256();
        return draw.with(PublicFiles.pinned(draw.fonts(), "images.draw_text.fonts", found));
    }
}
