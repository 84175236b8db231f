package org.privateevolution.privacy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 hashes in lower-case hexadecimal. */
final class ContentHash {

    private ContentHash() {}

    static String hex(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new PrivacyException("this Java platform has no SHA-256, which every platform must have", e);
        }
    }
}
