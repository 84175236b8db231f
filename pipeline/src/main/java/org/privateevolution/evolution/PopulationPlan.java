package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.spi.GenerationRequest;

/**
 * A population that is not complete yet: samples that are kept, and requests for the missing ones, in candidate order.
 * Immutable; built by {@link PopulationPlanner}.
 */
public final class PopulationPlan {

    private sealed interface Place {
        record Kept(Sample sample) implements Place {}

        record Requested(GenerationRequest request) implements Place {}
    }

    private final int iteration;
    private final List<Place> places;

    private PopulationPlan(int iteration, List<Place> places) {
        this.iteration = iteration;
        this.places = List.copyOf(places);
    }

    /** The requests for the missing samples, in candidate order. */
    public List<GenerationRequest> requests() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (Place place : places) {
            if (place instanceof Place.Requested requested) {
                requests.add(requested.request());
            }
        }
        return requests;
    }

    /**
     * Returns the population, once the requests have been answered. A request that was rejected contributes no sample.
     *
     * @param answers payloads by request id
     */
    public Population complete(Map<String, Payload> answers) {
        Map<String, Payload> left = new HashMap<>(answers);
        List<Sample> samples = new ArrayList<>(places.size());
        for (Place place : places) {
            if (place instanceof Place.Kept kept) {
                samples.add(kept.sample());
            } else if (place instanceof Place.Requested requested) {
                GenerationRequest request = requested.request();
                Payload payload = left.remove(request.id());
                if (payload != null) {
                    samples.add(new Sample(request.id(), request.label(), payload, parent(request)));
                }
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("answers without a request: " + left.keySet());
        }
        return new Population(iteration, samples);
    }

    private static String parent(GenerationRequest request) {
        return request instanceof GenerationRequest.Variation variation
                ? variation.parent().id()
                : "";
    }

    static final class Builder {
        private final int iteration;
        private final List<Place> places = new ArrayList<>();

        Builder(int iteration) {
            this.iteration = iteration;
        }

        void keep(Sample sample) {
            places.add(new Place.Kept(sample));
        }

        void request(GenerationRequest request) {
            places.add(new Place.Requested(request));
        }

        PopulationPlan build() {
            return new PopulationPlan(iteration, places);
        }
    }
}
