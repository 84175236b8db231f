package org.privateevolution.config;

import java.util.List;
import java.util.function.Function;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.PublicFile;

/** What maps images to vectors: their pixels, or an encoder. */
final class ImageEmbeddingSettings extends Group<ImageSpec.Embedding> {

    private static final Whole<Integer> SIDE = Whole.between(1, 1024);

    final FileSettings model = FileSettings.in(
            this,
            "model",
            "path or URI",
            "none: the pixels themselves are the vector",
            "An image encoder as ONNX, weights included, that takes one image at a time. Driver and executors read it.",
            "its checksum",
            onnx(ImageSpec.OnnxEmbedding::model));
    final Setting<Integer> width =
            value("width", SIDE, 32, "Pixels per row that images are brought to.", embedding -> embedding
                    .frame()
                    .width());
    final Setting<Integer> height = value("height", SIDE, 32, "Rows that images are brought to.", embedding -> embedding
            .frame()
            .height());
    final Setting<ImageSpec.Fit> fit = value(
            "fit",
            Words.of(ImageSpec.Fit.class),
            ImageSpec.Fit.STRETCH,
            "How an image of another shape fits in; `crop` covers the frame and cuts what stands over.",
            embedding -> embedding.frame().fit());
    final Setting<ImageSpec.Resampling> resampling = value(
            "resampling",
            Words.of(ImageSpec.Resampling.class),
            ImageSpec.Resampling.BILINEAR,
            "How pixels are found when the size changes.",
            embedding -> embedding.frame().resampling());
    final Setting<ImageSpec.Channels> channels = value(
            "channels",
            Words.of(ImageSpec.Channels.class),
            ImageSpec.Channels.RGB,
            "Pixel channels that the vector holds; only without a model.",
            embedding -> embedding instanceof ImageSpec.PixelEmbedding pixels ? pixels.channels() : null);
    final Setting<List<Double>> mean = value(
            "mean",
            Listed.perColour(Real.ANY),
            List.of(0.485, 0.456, 0.406),
            "What is taken off red, green and blue, which are 0 to 1; with a model only.",
            onnx(ImageSpec.OnnxEmbedding::mean));
    final Setting<List<Double>> std = value(
            "std",
            Listed.perColour(Real.POSITIVE),
            List.of(0.229, 0.224, 0.225),
            "What they are divided by then.",
            onnx(ImageSpec.OnnxEmbedding::std));
    final Setting<ImageSpec.Layout> layout = value(
            "layout",
            Words.of(ImageSpec.Layout.class),
            ImageSpec.Layout.NCHW,
            "Order of the axes of the model's input.",
            onnx(ImageSpec.OnnxEmbedding::layout));
    final Setting<String> output = optional(
            "output",
            Text.of("string"),
            "",
            "the first that holds floats",
            "The graph's output that is the vector.",
            onnx(ImageSpec.OnnxEmbedding::output));
    final Setting<Boolean> normalize = value(
            "normalize",
            new Flag(),
            false,
            "Whether the model's vectors are scaled to length 1.",
            onnx(ImageSpec.OnnxEmbedding::normalize));
    final Setting<Integer> dimension = value(
            "dimension",
            Whole.atLeast(0),
            0,
            "Floats of the model's vectors, to plan a run without the model; 0 if they are to be found out.",
            onnx(ImageSpec.OnnxEmbedding::dimension),
            Trait.FREE);
    final Setting<ImageSpec.Device> device = value(
            "device",
            Words.of(ImageSpec.Device.class),
            ImageSpec.Device.CPU,
            "What the model runs on; `cuda` needs onnxruntime_gpu on the class path, and a device on the driver and every"
                    + " executor.",
            onnx(ImageSpec.OnnxEmbedding::device));

    ImageEmbeddingSettings(String path) {
        super(path);
    }

    private static <T> Function<ImageSpec.Embedding, T> onnx(Function<ImageSpec.OnnxEmbedding, T> of) {
        return embedding -> embedding instanceof ImageSpec.OnnxEmbedding encoder ? of.apply(encoder) : null;
    }

    ImageSpec.Embedding read(Section section) {
        boolean encodes = section.has(model.location());
        if (encodes) {
            section.refuse(channels, "a model gets red, green and blue");
        } else {
            for (Setting<?> setting :
                    List.of(model.sha256(), mean, std, layout, output, normalize, dimension, device)) {
                if (section.has(setting)) {
                    section.conflict(setting, "it needs images.embedding.model");
                }
            }
        }
        return section.make(() -> {
            ImageSpec.Frame frame = new ImageSpec.Frame(
                    section.get(width), section.get(height), section.get(fit), section.get(resampling));
            return encodes
                    ? onnx(section, model.read(section), frame)
                    : new ImageSpec.PixelEmbedding(frame, section.get(channels));
        });
    }

    private ImageSpec.OnnxEmbedding onnx(Section section, PublicFile file, ImageSpec.Frame frame) {
        return new ImageSpec.OnnxEmbedding(
                file,
                frame,
                section.get(mean),
                section.get(std),
                section.get(layout),
                section.get(output),
                section.get(normalize),
                section.get(dimension),
                section.get(device));
    }
}
