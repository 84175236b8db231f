package org.privateevolution.generation.image;

import java.time.Duration;
import java.util.List;
import org.privateevolution.generation.endpoint.Asking;
import org.privateevolution.generation.endpoint.Budget;
import org.privateevolution.generation.endpoint.EndpointClient;
import org.privateevolution.generation.endpoint.GenerationProgress;
import org.privateevolution.generation.endpoint.Limits;
import org.privateevolution.generation.endpoint.Prices;
import org.privateevolution.generation.endpoint.RetryPolicy;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.generation.endpoint.Usage;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.RunListener;

/**
 * RANDOM_API and VARIATION_API of Private Evolution (Lin et al. 2023) by a model behind one or more endpoints that answer
 * alike. An image that came is on storage, byte for byte, before it counts; one that cannot be decoded or is not of the
 * size asked for is rejected.
 */
public final class HttpImageGenerator implements GenerationApi {

    /** An image of a wrong size is decoded up to here, so that its size can be told. */
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
     * How the endpoints are called; see {@link EndpointClient}.
     *
     * @param budget money is counted by {@link Prices#perAnswer}: an image costs no tokens here
     */
    public record Calling(
            List<ImageEndpoint> endpoints, Limits limits, RetryPolicy retry, Budget budget, Prices prices) {
        public Calling {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * Reads the keys; sends nothing yet.
     *
     * @param files receives the images, and has those that are varied
     * @param listener told of progress and cost, at most once in {@code noticeEvery}
     * @throws IllegalArgumentException if an endpoint has no valid address, its key is not where it should be, or the
     *     protocol does not take the variation degrees
     */
    public HttpImageGenerator(
            ImageProtocol protocol,
            Calling calling,
            ImagePrompts prompts,
            ImageFiles files,
            RunListener listener,
            Duration noticeEvery) {
        if (protocol instanceof ImageProtocol.WebUi) {
            prompts.degrees().degree().within("the web UI's variation degrees, its denoising strengths,", 0, 1);
        }
        this.wire = ImageWire.of(protocol);
        this.prompts = prompts;
        this.callers = Math.multiplyExact(2, calling.limits().concurrency());
        this.client = new EndpointClient(
                calling.endpoints().stream().map(ImageEndpoint::open).toList(),
                calling.limits(),
                calling.retry(),
                calling.budget(),
                calling.prices());
        this.files = files;
        this.decoder = new ImageDecoder(Math.max(DECODED_PIXELS, (long) prompts.width() * prompts.height()));
        this.listener = listener;
        this.noticeEvery = noticeEvery;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    /** What was used so far. */
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

    /** What is asked for; the parent of a variation is read from storage now. */
    private ImageRequest request(GenerationRequest request) {
        if (request instanceof GenerationRequest.Variation variation) {
            if (!(variation.parent().payload() instanceof StoredImage parent)) {
                throw new IllegalArgumentException("a stored image cannot be a variation of a "
                        + variation.parent().payload().getClass().getSimpleName());
            }
            return prompts.request(variation, files.load(parent));
        }
        return prompts.request((GenerationRequest.Random) request);
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
