package org.privateevolution.model.endpoint;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The protocol of image endpoints. Public configuration. */
public sealed interface ImageProtocol {

    /** Additional fields of requests; each value is JSON or a text. */
    Map<String, String> parameters();

    /**
     * The Stable Diffusion web UI: {@code /sdapi/v1/txt2img}, and {@code /sdapi/v1/img2img} with the variation degree,
     * 0 to 1, as denoising strength.
     *
     * @param parameters additional fields of the request, for instance {@code sampler_name}; each value is JSON or a
     *     text
     */
    record WebUi(Map<String, String> parameters) implements ImageProtocol {

        private static final Set<String> OWN_FIELDS = Set.of(
                "prompt",
                "seed",
                "steps",
                "cfg_scale",
                "width",
                "height",
                "batch_size",
                "n_iter",
                "init_images",
                "denoising_strength");

        public WebUi {
            parameters = checked(parameters, OWN_FIELDS);
        }
    }

    /**
     * OpenAI's protocol: {@code /images/generations}, and an edit or a variation of the parent. The protocol has no
     * variation degree, guidance, steps or seed, so these are not sent.
     *
     * @param asksForBase64 whether {@code response_format} is sent: dall-e-2, dall-e-3 and most servers of others need
     *     it, gpt-image models refuse it
     * @param parameters additional fields of the request, for instance {@code quality}; each value is JSON or a text
     */
    record OpenAi(String model, Variation variation, boolean asksForBase64, Map<String, String> parameters)
            implements ImageProtocol {

        private static final Set<String> OWN_FIELDS =
                Set.of("model", "prompt", "n", "size", "image", "response_format");

        public OpenAi {
            parameters = checked(parameters, OWN_FIELDS);
        }

        /** How a parent is varied. */
        public enum Variation {
            /** {@code /images/edits}, with the variation prompt. */
            EDIT,
            /** {@code /images/variations}, without a prompt. */
            VARIATION
        }
    }

    /** The project's own protocol, documented in docs/image-endpoints.md: {@code /random} and {@code /variations}. */
    record Own() implements ImageProtocol {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }
    }

    private static Map<String, String> checked(Map<String, String> parameters, Set<String> ownFields) {
        Set<String> own = new TreeSet<>(parameters.keySet());
        own.retainAll(ownFields);
        if (!own.isEmpty()) {
            throw new IllegalArgumentException(
                    "the parameters must not hold " + own + ": this program sets them itself");
        }
        return Map.copyOf(parameters);
    }
}
