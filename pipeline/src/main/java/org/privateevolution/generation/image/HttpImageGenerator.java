package org.privateevolution.generation.image;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.privateevolution.generation.endpoint.Asking;
import org.privateevolution.generation.endpoint.Endpoint;
import org.privateevolution.generation.endpoint.EndpointClient;
import org.privateevolution.generation.endpoint.GenerationProgress;
import org.privateevolution.generation.endpoint.Secret;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.RunListener;

/**
 * RANDOM_API and VARIATION_API of Private Evolution (Lin et al. 2023) by a model behind one or more equivalent
 * endpoints. An image is stored byte for byte before it counts; one that cannot be decoded, or has another size than
 * requested, is rejected.
 */
public final class HttpImageGenerator implements GenerationApi {

    /** Images of a wrong size are decoded up to this limit, so that their size can be reported. */
    private static final long DECODED_PIXELS = 1L << 24;

    private final ImageWire wire;
    private final ImagePrompts prompts;
    private final int callers;
    private final EndpointClient client;
    private final ImageFiles files;
    private final ImageDecoder decoder;
    private final RunListener listener;
    private final Duration noticeEvery;

    /**
     * Reads the keys; sends nothing yet.
     *
     * @param served money is counted by {@code Prices.perAnswer}: an image costs no tokens here
     * @param files receives the images, and provides those that are varied
     * @param listener notified of progress and cost, at most once per {@code noticeEvery}
     * @throws IllegalArgumentException if an endpoint's address is invalid, or its key is missing
     */
    public HttpImageGenerator(ImageSpec.Served served, ImageFiles files, RunListener listener, Duration noticeEvery) {
        this.wire = ImageWire.of(served.protocol());
        this.prompts = served.prompts();
        this.callers = Math.multiplyExact(2, served.calls().limits().concurrency());
        this.client = new EndpointClient(
                served.endpoints().stream().map(HttpImageGenerator::open).toList(), served.calls());
        this.files = files;
        this.decoder = new ImageDecoder(Math.max(DECODED_PIXELS, (long) prompts.width() * prompts.height()));
        this.listener = listener;
        this.noticeEvery = noticeEvery;
    }

    private static Endpoint open(ImageEndpoint endpoint) {
        return Endpoint.of(URI.create(endpoint.url()), endpoint.authorization(), Secret.from(endpoint.key()));
    }

    @Override
    public boolean replayable() {
        return false;
    }

    /** The usage so far. */
    public Usage usage() {
        return client.usage();
    }

    @Override
    public void requireReachable() {
        client.requireReachable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        GenerationProgress progress =
                new GenerationProgress(requests.size(), client::usage, listener, noticeEvery, System::nanoTime);
        Asking.run("pe-image", callers, requests, new Drawing(sink), sink, progress);
    }

    @Override
    public void close() {}

    /** The request to send; the parent of a variation is read from storage now. */
    private ImageRequest request(GenerationRequest request) {
        ImageRequests requests = new ImageRequests(prompts);
        if (request instanceof GenerationRequest.Variation variation) {
            if (!(variation.parent().payload() instanceof StoredImage parent)) {
                throw new IllegalArgumentException("a stored image cannot be a variation of a "
                        + variation.parent().payload().getClass().getSimpleName());
            }
            return requests.of(variation, files.load(parent));
        }
        return requests.of((GenerationRequest.Random) request);
    }

    private ImageAnswer checked(ImageAnswer answer) {
        if (!answer.refusal().isEmpty()) {
            return answer;
        }
        try {
            Pixels image = decoder.decode(answer.encoded());
            return image.width() == prompts.width() && image.height() == prompts.height()
                    ? answer
                    : ImageAnswer.refused("an image of " + image.width() + " x " + image.height() + ", not of "
                            + prompts.width() + " x " + prompts.height());
        } catch (BadImageException e) {
            return ImageAnswer.refused("the image " + e.getMessage());
        }
    }

    private final class Drawing implements Asking.Task<ImageAnswer> {
        private final GenerationSink sink;

        Drawing(GenerationSink sink) {
            this.sink = sink;
        }

        @Override
        public ImageAnswer ask(GenerationRequest request) throws UnansweredException, InterruptedException {
            return checked(client.answer(new ImageCall(wire, request(request))));
        }

        @Override
        public void deliver(GenerationRequest request, ImageAnswer answer) {
            if (answer.refusal().isEmpty()) {
                sink.accept(request, files.save(request.id(), answer.encoded()));
            } else {
                sink.reject(request, answer.refusal());
            }
        }
    }
}
