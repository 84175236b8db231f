package org.privateevolution.model;

import java.util.List;
import java.util.Map;

/**
 * Generation and embedding of images (PE, Lin et al. 2023; Sim-PE, Lin et al. 2025).
 *
 * @param heldOut real images that a classifier is tested on, outside the guarantee; null for none
 */
public record ImageSpec(Source source, Embedding embedding, Generator generator, HeldOut heldOut)
        implements RunSpec.Modality {

    /** Formats of private data that hold images and nothing else. */
    public static final String FOLDER = "image-folder";

    public static final String IDX = "idx";
    public static final String CIFAR10 = "cifar10";

    /** Labels of {@link #CIFAR10}, in the order of its bytes. */
    public static final List<String> CIFAR10_LABELS =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    /** The same with another embedding and generator. */
    public ImageSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new ImageSpec(source, otherEmbedding, otherGenerator, heldOut);
    }

    /**
     * How private images are read.
     *
     * @param column of the encoded images, private and synthetic
     * @param labelsFile IDX file of the labels, or CSV with the labels of the files of a folder; empty for none
     * @param mostPixels larger images count as corrupt
     */
    public record Source(String column, String labelsFile, Corrupt corrupt, long mostPixels) {}

    /** What is done about private images that cannot be decoded. */
    public enum Corrupt {
        REFUSE,
        SKIP
    }

    /** Where held-out real images are, in the format of the private data. */
    public record HeldOut(String location, String labelsFile) {}

    /** What maps images to vectors. */
    public sealed interface Embedding permits PixelEmbedding, OnnxEmbedding, ExtensionEmbedding {
        /** The size that images are brought to. */
        Frame frame();
    }

    /** Size and rule by which images are brought to it. */
    public record Frame(int width, int height, Fit fit, Resampling resampling) {}

    /** How an image of another shape fits in. */
    public enum Fit {
        /** Each side by its own factor. */
        STRETCH,
        /** Until it covers the frame; what stands over is cut, the same on both sides. */
        CROP
    }

    /** How pixels between pixels are found. */
    public enum Resampling {
        NEAREST,
        BILINEAR,
        BICUBIC
    }

    /** The pixels themselves, 0 to 1. */
    public record PixelEmbedding(Frame frame, Channels channels) implements Embedding {}

    /** An encoder that a jar brings, of images in the size of the frame. */
    public record ExtensionEmbedding(ExtensionSpec extension, Frame frame) implements Embedding {}

    /** What of its colours stands for a pixel. */
    public enum Channels {
        RGB,
        /** Luma, ITU-R BT.601. */
        GREY
    }

    /**
     * An image encoder as ONNX.
     *
     * @param mean taken off the pixels, which are 0 to 1: red, green, blue
     * @param std what they are divided by then
     * @param output name of the graph's output; empty for the first that fits
     * @param dimension floats of a vector; 0 if not declared
     */
    public record OnnxEmbedding(
            PublicFile model,
            Frame frame,
            List<Double> mean,
            List<Double> std,
            Layout layout,
            String output,
            boolean normalize,
            int dimension,
            Device device)
            implements Embedding {
        public OnnxEmbedding {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /** Order of a batch's axes: N images, C channels, H rows, W columns. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** What an encoder runs on. */
    public enum Device {
        CPU,
        CUDA
    }

    /** What makes images. */
    public sealed interface Generator permits DrawText, Avatar, Pool, Served, ForeignGenerator {}

    /**
     * Text drawn with fonts.
     *
     * @param texts what is drawn for each label, in index order
     */
    public record DrawText(
            FontFolder fonts,
            int width,
            int height,
            List<String> texts,
            Span size,
            Span stroke,
            Span rotation,
            DrawTextVariation variation)
            implements Generator {
        public DrawText {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A folder of font files on storage.
     *
     * @param sha256 of the files, in order of their names; empty if they have not been read yet
     */
    public record FontFolder(String location, String sha256) {}

    /** Numbers from {@code min} to {@code max}, both included. */
    public record Span(double min, double max) {}

    /**
     * How far a variation may be from its parent, by completed votes; the last of each holds from there on.
     *
     * @param font probability of another font
     * @param size pixels an em
     * @param stroke pixels by which outlines are widened to either side
     * @param rotation degrees
     */
    public record DrawTextVariation(List<Double> font, List<Double> size, List<Double> stroke, List<Double> rotation) {
        public DrawTextVariation {
            font = List.copyOf(font);
            size = List.copyOf(size);
            stroke = List.copyOf(stroke);
            rotation = List.copyOf(rotation);
        }
    }

    /**
     * Portraits drawn by rules.
     *
     * @param redraw probability that a variation draws a choice anew, by completed votes; the last holds from there on
     * @param step the most that it moves a number, as a share of its range, likewise
     */
    public record Avatar(int width, int height, List<Double> redraw, List<Double> step) implements Generator {
        public Avatar {
            redraw = List.copyOf(redraw);
            step = List.copyOf(step);
        }
    }

    /**
     * A public pool, without a model: RANDOM_API draws an image, VARIATION_API one of its nearest neighbours.
     *
     * @param location folder of image files, those of each label in a folder of its name
     * @param neighbors k by completed votes; the last holds from there on
     * @param sha256 of the images; empty if they have not been read yet
     */
    public record Pool(String location, List<Integer> neighbors, String sha256) implements Generator {
        public Pool {
            neighbors = List.copyOf(neighbors);
        }
    }

    /**
     * Endpoints that answer alike.
     *
     * @param openAi what that protocol needs besides; null for another
     * @param parameters more fields of requests, each JSON or a text
     * @param prompts one for each label, in index order, for RANDOM_API
     * @param variationPrompts the same for VARIATION_API
     * @param degrees variation degrees, at least 0, by completed votes; the last holds from there on
     * @param guidance by completed votes, the first for RANDOM_API
     * @param steps by completed votes, the first for RANDOM_API
     * @param budget caps on what the whole run may spend; null for none
     */
    public record Served(
            Protocol protocol,
            List<Endpoint> endpoints,
            OpenAi openAi,
            Map<String, String> parameters,
            int width,
            int height,
            List<String> prompts,
            List<String> variationPrompts,
            List<Double> degrees,
            List<Double> guidance,
            List<Integer> steps,
            TextSpec.Limits limits,
            TextSpec.Retry retry,
            TextSpec.Spending budget,
            double pricePerImage,
            TextSpec.Rejections rejections)
            implements Generator {
        public Served {
            endpoints = List.copyOf(endpoints);
            parameters = Map.copyOf(parameters);
            prompts = List.copyOf(prompts);
            variationPrompts = List.copyOf(variationPrompts);
            degrees = List.copyOf(degrees);
            guidance = List.copyOf(guidance);
            steps = List.copyOf(steps);
        }
    }

    /**
     * One endpoint; where its key is, not the key.
     *
     * @param keyEnvironment environment variable that holds the key; empty if none does
     * @param keyFile file that holds the key; empty if none does
     */
    public record Endpoint(String url, String keyEnvironment, String keyFile, Authorization authorization) {}

    /** How a key is shown. */
    public enum Authorization {
        BEARER,
        BASIC,
        API_KEY
    }

    /** @param asksForBase64 whether {@code response_format} is sent */
    public record OpenAi(String model, Variation variation, boolean asksForBase64) {}

    /** How OpenAI varies an image. */
    public enum Variation {
        EDIT,
        VARIATION
    }

    /** What endpoints speak. */
    public enum Protocol {
        /** The Stable Diffusion web UI's. */
        WEBUI,
        /** OpenAI's images. */
        OPENAI,
        /** This project's own, documented in docs/image-endpoints.md. */
        HTTP
    }
}
