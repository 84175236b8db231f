package org.privateevolution.spi.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.ImageEncoder;

/**
 * The contract of an embedder. Its vectors have one dimension and finite components. A sample always gets the same
 * bits, whenever, wherever and with whichever other samples it is embedded, because a vector that depends on other
 * records would void the guarantee. The embedder can be sent to executors.
 */
public final class EmbedderContract {

    private EmbedderContract() {}

    /**
     * Checks an embedder of texts or rows.
     *
     * @param samples some of the kind that it accepts, short and long ones
     * @throws AssertionError if the contract is broken
     */
    public static void verify(Embedder embedder, List<? extends Payload> samples) {
        Breaches breaches = new Breaches("the contract of an embedder");
        breaches.unlessThrown("the embedder", () -> verify(embedder, samples, breaches));
        breaches.throwIfAny();
    }

    /**
     * Checks an encoder of images.
     *
     * @param images of the size that a run scales images to
     * @throws AssertionError if the contract is broken
     */
    public static void verify(ImageEncoder encoder, List<Pixels> images) {
        Breaches breaches = new Breaches("the contract of an image encoder");
        breaches.unlessThrown("the encoder", () -> verify(encoder, images, breaches));
        breaches.throwIfAny();
    }

    private static void verify(Embedder embedder, List<? extends Payload> samples, Breaches breaches) {
        int dimension = embedder.dimension();
        float[] together = embedder.embed(samples);
        requireVectors(breaches, together, samples.size(), dimension);
        List<Payload> reversed = new ArrayList<>(samples);
        Collections.reverse(reversed);
        Embedder copy = copied(embedder);
        for (Embedder each : List.of(embedder, copy)) {
            float[] other = each.embed(reversed);
            for (int i = 0; i < samples.size(); i++) {
                float[] expected = at(together, i, dimension);
                breaches.unless(
                        Arrays.equals(expected, each.embed(List.of(samples.get(i)))),
                        "a vector depends on what else is embedded with it, or on when");
                breaches.unless(
                        Arrays.equals(expected, at(other, samples.size() - 1 - i, dimension)),
                        "a vector depends on the order of samples");
            }
        }
        requireSame(breaches, embedder, copy, Embedder::fingerprint, Embedder::dimension, Embedder::probe);
    }

    private static void verify(ImageEncoder encoder, List<Pixels> images, Breaches breaches) {
        int dimension = encoder.dimension();
        ImageEncoder copy = copied(encoder);
        for (Pixels image : images) {
            float[] vector = encoded(encoder, image, 0);
            requireVectors(breaches, vector, 1, dimension);
            float[] moved = encoded(copy, image, 1);
            breaches.unless(
                    moved[0] == 0 && Arrays.equals(vector, Arrays.copyOfRange(moved, 1, moved.length)),
                    "a vector depends on when and where it is encoded, or is not written where it should be");
        }
        requireSame(breaches, encoder, copy, ImageEncoder::fingerprint, ImageEncoder::dimension, ImageEncoder::probe);
    }

    private static float[] encoded(ImageEncoder encoder, Pixels image, int at) {
        float[] vectors = new float[at + encoder.dimension()];
        encoder.encode(image, vectors, at);
        return vectors;
    }

    private static <T> void requireSame(
            Breaches breaches,
            T embedder,
            T copy,
            Function<T, String> fingerprint,
            Function<T, Integer> dimension,
            Function<T, float[]> probe) {
        String name = fingerprint.apply(embedder);
        breaches.unless(name != null && !name.isBlank(), "there is no fingerprint");
        breaches.unless(
                name != null && name.equals(fingerprint.apply(copy)), "a copy on an executor has another fingerprint");
        float[] probed = probe.apply(embedder);
        requireVectors(breaches, probed, probed.length / dimension.apply(embedder), dimension.apply(embedder));
        breaches.unless(probed.length > 0, "the probe embeds nothing");
        breaches.unless(Arrays.equals(probed, probe.apply(copy)), "the probe gives other vectors on an executor");
    }

    private static void requireVectors(Breaches breaches, float[] vectors, int count, int dimension) {
        breaches.unless(dimension >= 1, "the dimension is " + dimension);
        breaches.unless(vectors.length == count * dimension, "a vector is not of the dimension that is stated");
        for (float component : vectors) {
            breaches.unless(Float.isFinite(component), "a vector holds NaN or infinity");
        }
    }

    private static float[] at(float[] vectors, int index, int dimension) {
        return Arrays.copyOfRange(vectors, index * dimension, (index + 1) * dimension);
    }

    /** A copy, made as Spark makes it to send it to an executor. */
    @SuppressWarnings({"unchecked", "BanSerializableRead"}) // reads what it has just written
    private static <T> T copied(T original) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
                @Override
                protected Class<?> resolveClass(ObjectStreamClass description)
                        throws IOException, ClassNotFoundException {
                    ClassLoader loader = original.getClass().getClassLoader();
                    return Class.forName(description.getName(), false, loader);
                }
            }) {
                return (T) in.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be sent to executors: " + e, e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
