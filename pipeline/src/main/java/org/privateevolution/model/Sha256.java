package org.privateevolution.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 as 64 lower-case hexadecimal digits. */
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        digest = function();
    }

    /** Returns the hash function itself, for callers that need its bytes. */
    public static MessageDigest function() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns the digest of some bytes. */
    public static String of(byte[] content) {
        return new Sha256().add(content).hex();
    }

    /** Returns the digest of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of all remaining bytes of a stream. */
    public static String of(InputStream in) throws IOException {
        Sha256 sum = new Sha256();
        new DigestInputStream(in, sum.digest).transferTo(OutputStream.nullOutputStream());
        return sum.hex();
    }

    /** Adds bytes. */
    public Sha256 add(byte[] content) {
        digest.update(content);
        return this;
    }

    /** Returns the digest of all bytes added so far, and resets. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
