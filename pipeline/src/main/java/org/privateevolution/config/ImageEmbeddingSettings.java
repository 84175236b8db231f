package org.privateevolution.config;

import java.util.List;
import java.util.function.Function;
import org.privateevolution.model.EncoderSettings;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Resampling;

/** The section that states what maps images to vectors: their pixels, or an encoder. */
final class ImageEmbeddingSettings extends Group<ImageSpec.Embedding> {

    private static final Whole<Integer> SIDE = Whole.between(1, 1024);
    private static final ImageSpec.PixelEmbedding USUAL = ImageSpec.USUAL_EMBEDDING;

    final FileSettings model = FileSettings.in(
            this,
            "model",
            "path or URI",
            "none: the pixels themselves are the vector",
            "An image encoder in ONNX format, weights included, that takes one image at a time. Driver and"
                    + " executors read it.",
            "its checksum",
            onnx(ImageSpec.OnnxEmbedding::model));
    final Setting<Integer> width = value("width", SIDE, USUAL.frame().width(), embedding -> embedding
                    .frame()
                    .width())
            .means("Width in pixels to which images are scaled.");
    final Setting<Integer> height = value("height", SIDE, USUAL.frame().height(), embedding -> embedding
                    .frame()
                    .height())
            .means("Height in pixels to which images are scaled.");
    final Setting<ImageFrame.Fit> fit = word(
                    "fit", USUAL.frame().fit(), embedding -> embedding.frame().fit())
            .means("How an image of another shape is fitted; `crop` covers the frame and cuts off the rest.");
    final Setting<Resampling> resampling = word("resampling", USUAL.frame().resampling(), embedding -> embedding
                    .frame()
                    .resampling())
            .means("Interpolation of pixels when images are scaled.");
    final Setting<ImageSpec.Channels> channels = word(
                    "channels",
                    USUAL.channels(),
                    embedding -> embedding instanceof ImageSpec.PixelEmbedding pixels ? pixels.channels() : null)
            .means("Pixel channels of the vector; only without a model.");
    final Setting<List<Double>> mean = value(
                    "mean", Listed.perColour(Real.ANY), List.of(0.485, 0.456, 0.406), encoder(EncoderSettings::mean))
            .means("Means that are subtracted from red, green and blue, which are 0 to 1; only with a model.");
    final Setting<List<Double>> std = value(
                    "std", Listed.perColour(Real.POSITIVE), List.of(0.229, 0.224, 0.225), encoder(EncoderSettings::std))
            .means("Standard deviations by which the differences are then divided.");
    final Setting<EncoderSettings.Layout> layout = word(
                    "layout", EncoderSettings.Layout.NCHW, encoder(EncoderSettings::layout))
            .means("Order of the axes of the model's input.");
    final Setting<String> output = optional("output", Text.of("string"), "", encoder(EncoderSettings::output))
            .otherwise("the first output of floats")
            .means("Output of the model that is the vector.");
    final Setting<Boolean> normalize = flag("normalize", false, encoder(EncoderSettings::normalize))
            .means("Whether the model's vectors are scaled to length 1.");
    final Setting<Integer> dimension = value("dimension", Whole.atLeast(0), 0, onnx(model -> model.dimension()
                    .orElse(0)))
            .free()
            .means("Dimension of the model's vectors, to plan a run without the model; 0 reads it from the model.");
    final Setting<EncoderSettings.Device> device = word(
                    "device", EncoderSettings.Device.CPU, encoder(EncoderSettings::device))
            .means("Device that the model runs on; `cuda` needs onnxruntime_gpu on the class path, and a GPU on the"
                    + " driver and every executor.");

    final Setting<ExtensionSpec> extension = optional(
                    "extension",
                    ExtensionType.imageEncoder(),
                    null,
                    embedding -> embedding instanceof ImageSpec.ExtensionEmbedding foreign ? foreign.extension() : null)
            .otherwise("the pixels or the model")
            .means("[Extension](extending.md) that embeds images, after they are scaled to `width` and `height`.");

    private static <T> Function<ImageSpec.Embedding, T> encoder(Function<EncoderSettings, T> of) {
        return onnx(model -> of.apply(model.settings()));
    }

    private static <T> Function<ImageSpec.Embedding, T> onnx(Function<ImageSpec.OnnxEmbedding, T> of) {
        return embedding -> embedding instanceof ImageSpec.OnnxEmbedding encoder ? of.apply(encoder) : null;
    }

    ImageSpec.Embedding read(Section section) {
        boolean foreign = section.has(extension);
        boolean encodes = !foreign && section.has(model.location());
        if (foreign) {
            for (Setting<?> setting : List.of(model.location(), channels)) {
                section.refuse(setting, "it has no effect with images.embedding.extension: remove it");
            }
        }
        if (encodes) {
            section.refuse(channels, "a model always gets red, green and blue");
        } else {
            for (Setting<?> setting :
                    List.of(model.sha256(), mean, std, layout, output, normalize, dimension, device)) {
                if (section.has(setting)) {
                    section.conflict(setting, "it needs images.embedding.model");
                }
            }
        }
        return section.make(() -> {
            ImageFrame frame =
                    new ImageFrame(section.get(width), section.get(height), section.get(fit), section.get(resampling));
            if (foreign) {
                return new ImageSpec.ExtensionEmbedding(section.get(extension), frame);
            }
            return encodes ? onnx(section, frame) : new ImageSpec.PixelEmbedding(frame, section.get(channels));
        });
    }

    private ImageSpec.OnnxEmbedding onnx(Section section, ImageFrame frame) {
        return new ImageSpec.OnnxEmbedding(
                model.read(section),
                new EncoderSettings(
                        frame,
                        section.get(mean),
                        section.get(std),
                        section.get(layout),
                        section.get(output),
                        section.get(normalize),
                        section.get(device)),
                Absence.unlessZero(section.get(dimension)));
    }
}
