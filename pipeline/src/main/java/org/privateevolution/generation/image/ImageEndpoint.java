package org.privateevolution.generation.image;

import java.net.URI;
import org.privateevolution.generation.endpoint.Endpoint;
import org.privateevolution.generation.endpoint.KeySource;

/**
 * Where images are made. Public configuration; the key is not in it.
 *
 * @param url what stands before the paths of the {@link ImageProtocol}; a query, like Azure's {@code api-version}, is kept
 * @param key where its key is kept
 */
public record ImageEndpoint(String url, KeySource key, Authorization authorization) {

    /** How the key is shown. */
    public enum Authorization {
        /** OpenAI and most others. */
        BEARER("Authorization", "Bearer "),
        /** The web UI's {@code --api-auth}; the key is {@code user:password} in base64. */
        BASIC("Authorization", "Basic "),
        /** Azure. */
        API_KEY("api-key", "");

        private final String header;
        private final String prefix;

        Authorization(String header, String prefix) {
            this.header = header;
            this.prefix = prefix;
        }
    }

    /** The address and the key, read now. */
    Endpoint open() {
        return new Endpoint(URI.create(url), authorization.header, authorization.prefix, key.read());
    }
}
