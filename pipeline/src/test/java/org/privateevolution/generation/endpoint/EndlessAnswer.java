package org.privateevolution.generation.endpoint;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An answer far beyond any limit, though not without end, lest a client without a limit takes all memory. */
public final class EndlessAnswer {

    private static final int MOST_MEBIBYTES = 256;

    private final AtomicInteger mebibytes = new AtomicInteger();

    /** Sends blanks until the client has had enough. */
    public void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] mebibyte = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent < MOST_MEBIBYTES; sent++) {
            exchange.getResponseBody().write(mebibyte);
            mebibytes.incrementAndGet();
        }
    }

    /** Whether the client went away before half of it was sent. */
    public boolean wasCut() {
        return mebibytes.get() < MOST_MEBIBYTES / 2;
    }
}
