package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.RejectionRule;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.DrawText;
import org.privateevolution.generation.image.PublicImageGenerator;
import org.privateevolution.generation.image.Range;
import org.privateevolution.generation.image.Schedule;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.generation.image.SimulatorGenerator;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.vector.Kernels;

/** Builds the generation API of an image run, and what renders its images, from the configuration. */
final class ImageGeneration {

    /** Of public images and of answers; it is what the reference's largest models draw, with room. */
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

    /** What is done about samples that cannot be made. */
    RejectionRule rejections() {
        return images.generator() instanceof ImageSpec.Served served
                ? new RejectionRule(
                        served.rejections().attempts(), served.rejections().mostLeftOut())
                : new RejectionRule(1, 0);
    }

    /** @param store the run's store */
    ImageRenderer renderer(RunFiles store) {
        return simulator == null
                ? new StoredRenderer(store.location(), new ImageDecoder(MOST_PIXELS))
                : new SimulatedRenderer(simulator);
    }

    /**
     * Opens the generation API.
     *
     * @throws ConfigurationException if the pool or the endpoints do not serve
     */
    GenerationApi open(SparkSession spark, Embedder embedder) {
        if (simulator != null) {
            return new SimulatorGenerator(simulator);
        }
        return pool(spark, (ImageSpec.Pool) images.generator(), embedder);
    }

    /** The pool of a run, as it was read. */
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

    /** Null if the images are not simulated. */
    private Simulator simulator() {
        try {
            if (images.generator() instanceof ImageSpec.DrawText draw) {
                return drawText(draw);
            }
            return images.generator() instanceof ImageSpec.Avatar avatar
                    ? new Avatar(
                            avatar.width(), avatar.height(), new Schedule(avatar.redraw()), new Schedule(avatar.step()))
                    : null;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("images: " + e.getMessage()));
        }
    }

    private static DrawText drawText(ImageSpec.DrawText draw) {
        ImageSpec.DrawTextVariation variation = draw.variation();
        return new DrawText(
                FontFiles.in(draw.fonts().location()).fonts(),
                draw.texts().stream().map(List::of).toList(),
                new DrawText.Settings(
                        draw.width(),
                        draw.height(),
                        range(draw.size()),
                        range(draw.stroke()),
                        range(draw.rotation()),
                        new DrawText.Degrees(
                                new Schedule(variation.font()),
                                Schedule.of(0),
                                new Schedule(variation.size()),
                                new Schedule(variation.stroke()),
                                new Schedule(variation.rotation()))));
    }

    private static Range range(ImageSpec.Span span) {
        return new Range(span.min(), span.max());
    }
}
