package org.privateevolution.generation.endpoint;

import java.net.URI;
import java.util.Optional;
import org.privateevolution.model.endpoint.Authorization;

/**
 * One address to post requests to, with one key.
 *
 * @param uri http or https, without user information
 * @param keyHeader the header that carries the key
 * @param keyPrefix text before the key in that header, for instance {@code "Bearer "}
 */
public record Endpoint(URI uri, String keyHeader, String keyPrefix, Optional<Secret> key) {

    /** @throws IllegalArgumentException if the address cannot be posted to */
    public Endpoint {
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an endpoint must read http(s)://host[:port]/path, but is "
                    + (uri.getRawUserInfo() == null ? uri : "one with a user name in it"));
        }
    }

    /** An endpoint that receives its key as the authorization says. */
    public static Endpoint of(URI uri, Authorization authorization, Optional<Secret> key) {
        return new Endpoint(uri, authorization.header(), authorization.prefix(), key);
    }

    /** Host and path, for messages. */
    String name() {
        return uri.getAuthority() + uri.getPath();
    }

    String redacted(String text) {
        return key.map(secret -> secret.redacted(text)).orElse(text);
    }
}
