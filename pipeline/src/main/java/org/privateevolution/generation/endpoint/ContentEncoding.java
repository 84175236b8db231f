package org.privateevolution.generation.endpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * How a body is compressed. None is asked for, but some gateways compress every answer, and Java's client decompresses
 * none.
 */
enum ContentEncoding {
    IDENTITY {
        @Override
        InputStream unpacked(InputStream packed) {
            return packed;
        }
    },
    GZIP {
        @Override
        InputStream unpacked(InputStream packed) throws IOException {
            return new GZIPInputStream(packed);
        }
    },
    DEFLATE {
        @Override
        InputStream unpacked(InputStream packed) {
            return new InflaterInputStream(packed);
        }
    };

    private static final int CHUNK = 8192;

    abstract InputStream unpacked(InputStream packed) throws IOException;

    /** The encoding that the headers name; empty if it is unknown. */
    static Optional<ContentEncoding> of(HttpHeaders headers) {
        return switch (headers.firstValue("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }

    /**
     * @throws IOException if the body is not encoded like this, or exceeds {@code mostBytes} when it is decompressed
     */
    byte[] decoded(byte[] body, long mostBytes) throws IOException {
        if (this == IDENTITY) {
            return body;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = unpacked(new ByteArrayInputStream(body))) {
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                bytes.write(chunk, 0, n);
                if (bytes.size() > mostBytes) {
                    throw new IOException("longer than " + mostBytes + " bytes");
                }
            }
        }
        return bytes.toByteArray();
    }
}
