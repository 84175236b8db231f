package org.privateevolution.generation.endpoint;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;

/** The meaning of statuses other than success, unless the protocol defines its own. */
public final class StatusCodes {

    private static final int EXCERPT = 300;

    private StatusCodes() {}

    /** Whether a status is 2xx. */
    public static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** Classifies a status that is not 2xx. */
    public static <T> Reply<T> reply(int status, HttpHeaders headers, String body) {
        String what = "HTTP " + status + said(body);
        boolean passing = status >= 500 || status == 408 || status == 409 || status == 425 || status == 429;
        if (passing) {
            return new Reply.Again<>(what, RetryAfter.of(headers, Instant.now()), Optional.of(Tokens.NONE));
        }
        return new Reply.Stop<>(what + advice(status));
    }

    /** The start of a body, on one line. */
    public static String said(String body) {
        String line = body.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return "";
        }
        return ": " + (line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...");
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 422 -> "; check the model's name and the generation parameters";
            case 401, 403 -> "; check the key, where it is read from, and its rights";
            case 404, 405 -> "; check the endpoint's address and the name of the model or deployment";
            default ->
                status >= 300 && status < 400
                        ? "; redirects are not followed, so give the final address"
                        : "; check the endpoint's configuration";
        };
    }
}
