package org.privateevolution.model.endpoint;

/** How a key is shown to an endpoint. */
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

    /** The header that carries the key. */
    public String header() {
        return header;
    }

    /** What stands before the key in that header. */
    public String prefix() {
        return prefix;
    }
}
