package org.privateevolution.generation;

import java.util.List;
import java.util.function.Supplier;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.StoreException;

/**
 * Holds a generator from outside this project to its contract. Exceptions that the generator throws, and wrong samples,
 * are reported under its name.
 */
public final class CheckedGeneration implements GenerationApi {

    private final String name;
    private final GenerationContext context;
    private final GenerationApi api;

    private CheckedGeneration(String name, GenerationContext context, GenerationApi api) {
        this.name = name;
        this.context = context;
        this.api = api;
    }

    /**
     * Opens a generator.
     *
     * @throws GenerationException if the generator throws anything
     */
    public static CheckedGeneration open(String name, Generator generator, GenerationContext context) {
        return new CheckedGeneration(name, context, told(name, () -> generator.open(context)));
    }

    @Override
    public boolean replayable() {
        return told(name, api::replayable);
    }

    @Override
    public void requireReachable() {
        told(name, () -> {
            api.requireReachable();
            return null;
        });
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        told(name, () -> {
            api.generate(requests, sink.accepting((request, payload) -> {
                context.requireFits(payload);
                sink.accept(request, payload);
            }));
            return null;
        });
    }

    @Override
    public void close() {
        told(name, () -> {
            api.close();
            return null;
        });
    }

    /** A generator has seen nothing private, so its messages may be shown. */
    private static <T> T told(String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (GenerationException | StoreException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError e) {
            throw new GenerationException(
                    GenerationException.Reason.GENERATOR,
                    "the generator " + name + " failed: " + e.getClass().getName()
                            + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }
}
