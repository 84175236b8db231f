package org.privateevolution.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.EncoderSettings;
import org.privateevolution.model.EncoderSettings.Device;
import org.privateevolution.model.EncoderSettings.Layout;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageFrame.Fit;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.spi.ImageEncoder;

class ImageEncodersTest {

    private static final List<Double> MEAN = List.of(0.5, 0.25, 0.0);
    private static final List<Double> STD = List.of(0.5, 0.5, 2.0);

    /** A model among the test's resources. */
    private record Resource(String name) implements ModelFile {
        @Override
        public InputStream open() throws IOException {
            InputStream in = ImageEncodersTest.class.getResourceAsStream(name);
            if (in == null) {
                throw new IOException("no such resource");
            }
            return in;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static ImageModel model(String name, boolean channelsLast, String output, boolean normalize) {
        return model(name, channelsLast, output, normalize, Device.CPU);
    }

    private static ImageModel model(
            String name, boolean channelsLast, String output, boolean normalize, Device device) {
        Layout layout = channelsLast ? Layout.NHWC : Layout.NCHW;
        return new ImageModel(
                new Resource(name),
                new EncoderSettings(frame(6, 4, Fit.STRETCH), MEAN, STD, layout, output, normalize, device));
    }

    private static ImageFrame frame(int width, int height, Fit fit) {
        return new ImageFrame(width, height, fit, Resampling.NEAREST);
    }

    /** Left half one colour, right half another. */
    private static Pixels halves(int width, int height, int[] left, int[] right) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            int[] side = (i / 3) % width < width / 2 ? left : right;
            rgb[i] = (byte) side[i % 3];
        }
        return new Pixels(width, height, rgb);
    }

    private static float[] encode(ImageEncoder encoder, Pixels image) {
        float[] vectors = new float[encoder.dimension() + 2];
        encoder.encode(image, vectors, 1);
        assertThat(vectors[0]).isZero();
        assertThat(vectors[vectors.length - 1]).isZero();
        return Arrays.copyOfRange(vectors, 1, vectors.length - 1);
    }

    @Test
    void pixelsAreScaledToOneRowByRow() {
        PixelEncoder encoder = new PixelEncoder(frame(2, 1, Fit.STRETCH), Channels.RGB);

        assertThat(encoder.dimension()).isEqualTo(6);
        assertThat(encode(encoder, halves(14, 6, new int[] {255, 0, 51}, new int[] {0, 102, 255})))
                .containsExactly(1, 0, 0.2f, 0, 0.4f, 1);
    }

    @Test
    void greyIsTheLumaOfAPixel() {
        PixelEncoder encoder = new PixelEncoder(frame(2, 1, Fit.STRETCH), Channels.GREY);

        float[] grey = encode(encoder, halves(2, 1, new int[] {255, 0, 0}, new int[] {10, 10, 10}));
        assertThat(grey[0]).isCloseTo(0.299f, within(1e-6f));
        assertThat(grey[1]).isCloseTo(10 / 255f, within(1e-6f));
    }

    @Test
    void aFingerprintNamesSizeFitResamplingAndChannels() {
        List<PixelEncoder> encoders = List.of(
                new PixelEncoder(frame(3, 5, Fit.STRETCH), Channels.RGB),
                new PixelEncoder(frame(3, 5, Fit.STRETCH), Channels.GREY),
                new PixelEncoder(frame(5, 3, Fit.STRETCH), Channels.RGB),
                new PixelEncoder(frame(3, 5, Fit.CROP), Channels.RGB),
                new PixelEncoder(new ImageFrame(3, 5, ImageFrame.Fit.STRETCH, Resampling.BICUBIC), Channels.RGB));

        assertThat(encoders.stream().map(PixelEncoder::fingerprint)).doesNotHaveDuplicates();
    }

    @Test
    void aCropCutsWhatStandsOverOnBothSides() {
        // 14 wide, its middle 4 columns are what a square of height 4 keeps.
        byte[] rgb = new byte[14 * 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i / 3) % 14);
        }
        Pixels wide = new Pixels(14, 4, rgb);

        assertThat(FramedImage.of(wide, frame(4, 4, Fit.CROP)).rgb()).startsWith(5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8);
        assertThat(FramedImage.of(wide, frame(2, 1, Fit.CROP)).rgb()[0]).isEqualTo((byte) 5);
        assertThat(FramedImage.of(wide, frame(4, 4, Fit.STRETCH)).rgb()).startsWith(1, 1, 1, 5, 5, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30_000})
    void aLongThinImageIsNeverScaledUpBeforeItIsCut(int width) {
        Pixels thin = new Pixels(width, 30_001 - width, new byte[width * (30_001 - width) * 3]);

        assertThat(FramedImage.of(thin, frame(7, 5, Fit.CROP)).rgb()).hasSize(7 * 5 * 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-image-nchw.onnx", "tiny-image-nhwc.onnx"})
    void pixelsAreNormalisedAndLaidOutAsTheModelWants(String name) {
        ImageEncoder encoder = OnnxImageEncoder.open(model(name, name.contains("nhwc"), "", false), 1);

        assertThat(encoder.dimension()).isEqualTo(3);
        float[] means = encode(encoder, halves(12, 8, new int[] {255, 0, 255}, new int[] {255, 0, 0}));
        assertThat(means[0]).isCloseTo((1 - 0.5f) / 0.5f, within(1e-5f));
        assertThat(means[1]).isCloseTo((0 - 0.25f) / 0.5f, within(1e-5f));
        assertThat(means[2]).isCloseTo(0.5f / 2, within(1e-5f));
    }

    @Test
    void anOutputIsChosenByNameAndScaledToLengthOne() {
        ImageEncoder encoder = OnnxImageEncoder.open(model("tiny-image-nchw.onnx", false, "negated", true), 1);

        float[] vector = encode(encoder, halves(6, 4, new int[] {255, 64, 0}, new int[] {255, 64, 0}));
        assertThat(vector[0]).isCloseTo(-1, within(1e-3f));
    }

    @Test
    void aCopyInAnotherProcessEmbedsAlike() throws Exception {
        ImageEncoder encoder = OnnxImageEncoder.open(model("tiny-image-nchw.onnx", false, "", false), 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(encoder);
        }
        Pixels image = halves(5, 7, new int[] {1, 2, 3}, new int[] {200, 100, 50});

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ImageEncoder copy = (ImageEncoder) in.readObject();
            assertThat(copy.fingerprint()).isEqualTo(encoder.fingerprint());
            assertThat(encode(copy, image)).isEqualTo(encode(encoder, image));
        }
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertThatThrownBy(() -> OnnxImageEncoder.open(model("tiny-image-nchw.onnx", true, "", false), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("does not run on an image of 6 x 4 (nhwc)");
        assertThatThrownBy(() -> OnnxImageEncoder.open(model("tiny-image-nchw.onnx", false, "pool", false), 1))
                .hasMessageContaining("has no output 'pool' of floats; it has features, negated");
        assertThatThrownBy(() -> OnnxImageEncoder.open(model("none.onnx", false, "", false), 1))
                .hasMessageContaining("none.onnx cannot be read");
        assertThatThrownBy(() -> OnnxImageEncoder.open(model("references.py", false, "", false), 1))
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void aVectorWithInfinityIsRefusedWithoutAWordOfTheImage() {
        ImageEncoder encoder = OnnxImageEncoder.open(model("tiny-image-nan.onnx", false, "", false), 1);

        assertThatThrownBy(() -> encode(encoder, halves(6, 4, new int[] {0, 0, 0}, new int[] {1, 1, 1})))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model tiny-image-nan.onnx gave an image a vector with NaN or infinity");
    }

    @Test
    void cudaWithoutItsLibraryIsRefusedWithWhatToDo() {
        ImageModel model = model("tiny-image-nchw.onnx", false, "", false, Device.CUDA);

        assertThatThrownBy(() -> OnnxImageEncoder.open(model, 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("onnxruntime_gpu")
                .hasMessageContaining("set the device to cpu");
    }
}
