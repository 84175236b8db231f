package org.privateevolution.spark.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.RejectionRule;
import org.privateevolution.generation.endpoint.Budget;
import org.privateevolution.generation.endpoint.Limits;
import org.privateevolution.generation.endpoint.Prices;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.DrawText;
import org.privateevolution.generation.image.HttpImageGenerator;
import org.privateevolution.generation.image.ImageEndpoint;
import org.privateevolution.generation.image.ImagePrompts;
import org.privateevolution.generation.image.ImageProtocol;
import org.privateevolution.generation.image.PublicImageGenerator;
import org.privateevolution.generation.image.Range;
import org.privateevolution.generation.image.Schedule;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.generation.image.SimulatorGenerator;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.StoredImage;
import org.privateevolution.run.MeteredGeneration;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.CallSettings;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.StoredImages;
import org.privateevolution.vector.Kernels;

/** Builds the generation API of an image run, and what renders its images, from the configuration. */
final class ImageGeneration {

    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

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
     * Checks what can be checked before anything is asked: keys and addresses.
     *
     * @param store the run's store, in which nothing is written
     * @throws ConfigurationException if something does not fit
     */
    void check(RunFiles store) {
        if (images.generator() instanceof ImageSpec.Served served) {
            served(served, Budget.UNLIMITED, store, new RunListener() {}).close();
        }
    }

    /**
     * Opens the generation API.
     *
     * @param store the run's store
     * @param spent what earlier starts of the run have spent, kept up to date
     * @throws ConfigurationException if the pool, the endpoints or their keys do not serve
     */
    GenerationApi open(SparkSession spark, Embedder embedder, RunFiles store, SpendingLog spent, RunListener listener) {
        if (simulator != null) {
            return new SimulatorGenerator(simulator);
        }
        if (images.generator() instanceof ImageSpec.Served served) {
            Budget left = spent.left(CallSettings.budget(served.budget()));
            HttpImageGenerator generator = served(served, left, store, listener);
            return new MeteredGeneration(generator, generator::usage, spent);
        }
        return pool(spark, (ImageSpec.Pool) images.generator(), embedder);
    }

    private static HttpImageGenerator served(
            ImageSpec.Served served, Budget budget, RunFiles store, RunListener listener) {
        try {
            return new HttpImageGenerator(
                    protocol(served),
                    new HttpImageGenerator.Calling(
                            served.endpoints().stream()
                                    .map(ImageGeneration::endpoint)
                                    .toList(),
                            new Limits(
                                    served.limits().concurrency(),
                                    served.limits().requestsPerMinute(),
                                    served.limits().tokensPerMinute()),
                            CallSettings.retry(served.retry()),
                            budget,
                            new Prices(0, 0, served.pricePerImage())),
                    prompts(served),
                    new StoredImages(store),
                    listener,
                    NOTICE_EVERY);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("images.api: " + e.getMessage()));
        }
    }

    private static ImageProtocol protocol(ImageSpec.Served served) {
        return switch (served.protocol()) {
            case WEBUI -> new ImageProtocol.WebUi(CallSettings.parameters(served.parameters()));
            case OPENAI ->
                new ImageProtocol.OpenAi(
                        served.openAi().model(),
                        ImageProtocol.OpenAi.Variation.valueOf(
                                served.openAi().variation().name()),
                        served.openAi().asksForBase64(),
                        CallSettings.parameters(served.parameters()));
            case HTTP -> new ImageProtocol.Own();
        };
    }

    private static ImageEndpoint endpoint(ImageSpec.Endpoint endpoint) {
        return new ImageEndpoint(
                endpoint.url(),
                CallSettings.key(endpoint.keyEnvironment(), endpoint.keyFile()),
                ImageEndpoint.Authorization.valueOf(endpoint.authorization().name()));
    }

    private static ImagePrompts prompts(ImageSpec.Served served) {
        return new ImagePrompts(
                served.prompts(),
                served.variationPrompts(),
                served.width(),
                served.height(),
                new ImagePrompts.Effort(served.guidance().get(0), served.steps().get(0)),
                new ImagePrompts.Degrees(
                        new Schedule(served.degrees()),
                        new Schedule(served.guidance()),
                        new Schedule(served.steps().stream()
                                .map(Integer::doubleValue)
                                .toList())));
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

    /** The same, with the checksum of the files that it draws from. */
    static ImageSpec.Generator pinned(SparkSession spark, RunSpec spec, ImageSpec.Generator generator) {
        if (generator instanceof ImageSpec.DrawText draw) {
            ImageSpec.FontFolder fonts = draw.fonts();
            String found = FontFiles.in(fonts.location()).sha256();
            PublicFiles.requireDeclared("images.draw_text.fonts", fonts.location(), fonts.sha256(), found);
            return new ImageSpec.DrawText(
                    new ImageSpec.FontFolder(fonts.location(), found),
                    draw.width(),
                    draw.height(),
                    draw.texts(),
                    draw.size(),
                    draw.stroke(),
                    draw.rotation(),
                    draw.variation());
        }
        if (generator instanceof ImageSpec.Pool pool) {
            String found = pool(spark, spec, pool).sha256();
            PublicFiles.requireDeclared("images.pool", pool.location(), pool.sha256(), found);
            return new ImageSpec.Pool(pool.location(), pool.neighbors(), found);
        }
        return generator;
    }
}
