package org.privateevolution.generation.endpoint;

/** A key. It shows itself to nothing but the header of a request: not to logs, messages, dumps or serialisation. */
public final class Secret {

    private static final String HIDDEN = "***";

    private final String value;

    /**
     * @param origin where it comes from, for the error message
     * @throws IllegalArgumentException if the value is empty or cannot be sent in a header; the message does not hold it
     */
    Secret(String value, String origin) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the key from " + origin + " is empty");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("the key from " + origin
                    + " holds a space, a control character or a character outside ASCII: it must be the bare key");
        }
        this.value = value;
    }

    String value() {
        return value;
    }

    /** A text of someone else's, without this key. */
    String redacted(String text) {
        return text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
