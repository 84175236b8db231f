package org.privateevolution.model.endpoint;

/** How a key is sent to an endpoint. */
public enum Authorization {
    /** Used by OpenAI and most others. */
    BEARER("Authorization", "Bearer "),
    /** Used by the web UI with {@code --api-auth}; the key is {@code user:password} in base64. */
    BASIC("Authorization", "Basic "),
    /** Used by Azure. */
    API_KEY("api-key", "");

    private final String header;
    private final String prefix;

    Authorization(String header, String prefix) {
        this.header = header;
        this.prefix = prefix;
    }

    /** Name of the header that carries the key. */
    public String header() {
        return header;
    }

    /** Text before the key in that header. */
    public String prefix() {
        return prefix;
    }
}
