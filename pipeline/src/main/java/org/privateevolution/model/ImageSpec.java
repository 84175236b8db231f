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
 * @param heldOut real images on which a classifier is tested, outside the guarantee
 */
public record ImageSpec(Source source, Embedding embedding, Generator generator, Optional<HeldOut> heldOut)
        implements Modality {

    /** Size of a file's location and checksum, or of a simulator's parameters. The driver never holds pixels. */
    private static final long SAMPLE_BYTES = 400;

    /** Formats of private data that can hold only images. */
    public static final String FOLDER = "image-folder";

    public static final String IDX = "idx";
    public static final String CIFAR10 = "cifar10";

    /** Default number of pixels above which an image counts as corrupt. */
    public static final long USUAL_MOST_PIXELS = 25_000_000L;

    /** Default embedding of images. */
    public static final PixelEmbedding USUAL_EMBEDDING =
            new PixelEmbedding(new ImageFrame(32, 32, ImageFrame.Fit.STRETCH, Resampling.BILINEAR), Channels.RGB);

    /** Labels of {@link #CIFAR10}, in the order of their byte values. */
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

    /** Returns this specification with another embedding and generator. */
    public ImageSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new ImageSpec(source, otherEmbedding, otherGenerator, heldOut);
    }

    /**
     * How private images are read.
     *
     * @param column column of the encoded images, both private and synthetic
     * @param labelsFile IDX file with the labels, or CSV file with the labels of the files in a folder
     * @param mostPixels larger images count as corrupt
     */
    public record Source(String column, Optional<String> labelsFile, Corrupt corrupt, long mostPixels) {}

    /** What happens to private images that cannot be decoded. */
    public enum Corrupt {
        REFUSE,
        SKIP
    }

    /** Location of held-out real images, in the format of the private data. */
    public record HeldOut(String location, Optional<String> labelsFile) {}

    /** Maps images to vectors. */
    public sealed interface Embedding permits PixelEmbedding, OnnxEmbedding, ExtensionEmbedding {
        /** The size to which images are scaled first. */
        ImageFrame frame();
    }

    /** Uses the pixels themselves, 0 to 1, as the vector. */
    public record PixelEmbedding(ImageFrame frame, Channels channels) implements Embedding {}

    /** An encoder from an extension, for images of the frame's size. */
    public record ExtensionEmbedding(ExtensionSpec extension, ImageFrame frame) implements Embedding {}

    /** The colour channels of a pixel that enter the vector. */
    public enum Channels {
        RGB,
        /** Luma, ITU-R BT.601. */
        GREY
    }

    /**
     * An image encoder in ONNX format.
     *
     * @param dimension number of floats per vector, at least 1; empty if not declared
     */
    public record OnnxEmbedding(PublicFile model, EncoderSettings settings, OptionalInt dimension)
            implements Embedding {
        @Override
        public ImageFrame frame() {
            return settings.frame();
        }

        /** Returns the same encoder, identified by the checksum of its file. */
        public OnnxEmbedding with(PublicFile pinned) {
            return new OnnxEmbedding(pinned, settings, dimension);
        }
    }

    /** Generates images. */
    public sealed interface Generator permits DrawText, Avatar, Pool, Served, ForeignGenerator {}

    /**
     * Text drawn with fonts.
     *
     * @param fonts a folder of font files, identified by the files' contents in the order of their names
     * @param texts text that is drawn per label, in index order
     */
    public record DrawText(PublicFile fonts, List<String> texts, DrawTextSettings settings) implements Generator {
        public DrawText {
            texts = List.copyOf(texts);
        }

        /** Returns the same simulator, with fonts that are identified by their checksum. */
        public DrawText with(PublicFile pinned) {
            return new DrawText(pinned, texts, settings);
        }
    }

    /**
     * Portraits drawn by rules.
     *
     * @param redraw probability that a variation draws a choice anew, by completed votes
     * @param step greatest change of a number by a variation, as a share of its range, by completed votes
     */
    public record Avatar(int width, int height, Schedule redraw, Schedule step) implements Generator {}

    /**
     * A public pool of images, used without a model: RANDOM_API draws an image, VARIATION_API draws one of an image's
     * nearest neighbours.
     *
     * @param images folder of image files; the images of a label are in the inner folder of that name
     * @param neighbors number k of nearest neighbours, by completed votes; the last value holds for all later votes
     */
    public record Pool(PublicFile images, List<Integer> neighbors) implements Generator {
        public Pool {
            neighbors = List.copyOf(neighbors);
        }

        /** Returns the same pool, identified by its checksum. */
        public Pool with(PublicFile pinned) {
            return new Pool(pinned, neighbors);
        }
    }

    /** Interchangeable image endpoints. */
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

        /** Returns the same endpoints with another call policy. */
        public Served with(CallPolicy other) {
            return new Served(protocol, endpoints, prompts, other, rejections);
        }
    }
}
