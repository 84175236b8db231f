package org.privateevolution.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;

/**
 * Generation and embedding of images (PE, Lin et al. 2023; Sim-PE, Lin et al. 2025).
 *
 * @param heldOut real images that a classifier is tested on, outside the guarantee
 */
public record ImageSpec(Source source, Embedding embedding, Generator generator, Optional<HeldOut> heldOut)
        implements Modality {

    /** A file's location and checksum, or a simulator's parameters: pixels are never on the driver. */
    private static final long SAMPLE_BYTES = 400;

    /** Formats of private data that hold images and nothing else. */
    public static final String FOLDER = "image-folder";

    public static final String IDX = "idx";
    public static final String CIFAR10 = "cifar10";

    /** Larger images count as corrupt where nobody says otherwise. */
    public static final long USUAL_MOST_PIXELS = 25_000_000L;

    /** What embeds images where nobody says otherwise. */
    public static final PixelEmbedding USUAL_EMBEDDING =
            new PixelEmbedding(new ImageFrame(32, 32, ImageFrame.Fit.STRETCH, Resampling.BILINEAR), Channels.RGB);

    /** Labels of {@link #CIFAR10}, in the order of its bytes. */
    public static final List<String> CIFAR10_LABELS =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    @Override
    public String section() {
        return "images";
    }

    @Override
    public Optional<Content> content() {
        return Optional.of(new Content(List.of(source.column()), source.column(), Content.Kind.BYTES));
    }

    @Override
    public Optional<ForeignGenerator> foreignGenerator() {
        return generator instanceof ForeignGenerator foreign ? Optional.of(foreign) : Optional.empty();
    }

    @Override
    public Optional<ExtensionSpec> foreignEmbedder() {
        return embedding instanceof ExtensionEmbedding foreign ? Optional.of(foreign.extension()) : Optional.empty();
    }

    @Override
    public long sampleBytes() {
        return SAMPLE_BYTES;
    }

    @Override
    public Optional<ModelCalls> modelCalls() {
        return generator instanceof Served served
                ? Optional.of(new ModelCalls(Optional.of(served.calls()), new Answers.Picture()))
                : Optional.empty();
    }

    /** The same with another embedding and generator. */
    public ImageSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new ImageSpec(source, otherEmbedding, otherGenerator, heldOut);
    }

    /**
     * How private images are read.
     *
     * @param column of the encoded images, private and synthetic
     * @param labelsFile IDX file of the labels, or CSV with the labels of the files of a folder
     * @param mostPixels larger images count as corrupt
     */
    public record Source(String column, Optional<String> labelsFile, Corrupt corrupt, long mostPixels) {}

    /** What is done about private images that cannot be decoded. */
    public enum Corrupt {
        REFUSE,
        SKIP
    }

    /** Where held-out real images are, in the format of the private data. */
    public record HeldOut(String location, Optional<String> labelsFile) {}

    /** What maps images to vectors. */
    public sealed interface Embedding permits PixelEmbedding, OnnxEmbedding, ExtensionEmbedding {
        /** The size that images are brought to. */
        ImageFrame frame();
    }

    /** The pixels themselves, 0 to 1. */
    public record PixelEmbedding(ImageFrame frame, Channels channels) implements Embedding {}

    /** An encoder that a jar brings, of images in the size of the frame. */
    public record ExtensionEmbedding(ExtensionSpec extension, ImageFrame frame) implements Embedding {}

    /** What of its colours stands for a pixel. */
    public enum Channels {
        RGB,
        /** Luma, ITU-R BT.601. */
        GREY
    }

    /**
     * An image encoder as ONNX.
     *
     * @param dimension floats of a vector, at least 1; empty if not declared
     */
    public record OnnxEmbedding(PublicFile model, EncoderSettings settings, OptionalInt dimension)
            implements Embedding {
        @Override
        public ImageFrame frame() {
            return settings.frame();
        }

        /** The same encoder, known by its file's content. */
        public OnnxEmbedding with(PublicFile pinned) {
            return new OnnxEmbedding(pinned, settings, dimension);
        }
    }

    /** What makes images. */
    public sealed interface Generator permits DrawText, Avatar, Pool, Served, ForeignGenerator {}

    /**
     * Text drawn with fonts.
     *
     * @param fonts a folder of font files, known by their content in the order of their names
     * @param texts what is drawn for each label, in index order
     */
    public record DrawText(PublicFile fonts, List<String> texts, DrawTextSettings settings) implements Generator {
        public DrawText {
            texts = List.copyOf(texts);
        }

        /** The same with fonts that are known by their content. */
        public DrawText with(PublicFile pinned) {
            return new DrawText(pinned, texts, settings);
        }
    }

    /**
     * Portraits drawn by rules.
     *
     * @param redraw probability that a variation draws a choice anew, by completed votes
     * @param step the most that it moves a number, as a share of its range, likewise
     */
    public record Avatar(int width, int height, Schedule redraw, Schedule step) implements Generator {}

    /**
     * A public pool, without a model: RANDOM_API draws an image, VARIATION_API one of its nearest neighbours.
     *
     * @param images folder of image files, those of each label in a folder of its name
     * @param neighbors k by completed votes; the last holds from there on
     */
    public record Pool(PublicFile images, List<Integer> neighbors) implements Generator {
        public Pool {
            neighbors = List.copyOf(neighbors);
        }

        /** The same pool, known by its content. */
        public Pool with(PublicFile pinned) {
            return new Pool(pinned, neighbors);
        }
    }

    /** Endpoints that answer alike. */
    public record Served(
            ImageProtocol protocol,
            List<ImageEndpoint> endpoints,
            ImagePrompts prompts,
            CallPolicy calls,
            RejectionRule rejections)
            implements Generator {
        public Served {
            endpoints = List.copyOf(endpoints);
            if (protocol instanceof ImageProtocol.WebUi) {
                prompts.degrees().within("the web UI's variation degrees, its denoising strengths,", 0, 1);
            }
        }

        /** The same, called in another way. */
        public Served with(CallPolicy other) {
            return new Served(protocol, endpoints, prompts, other, rejections);
        }
    }
}
