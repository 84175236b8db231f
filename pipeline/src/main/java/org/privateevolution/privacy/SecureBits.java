package org.privateevolution.privacy;

import java.security.SecureRandom;

/**
 * Draws random bits from the platform's cryptographic generator. {@code new SecureRandom()} is used as it is and never
 * seeded here. On Linux and macOS it is the JDK's NativePRNG, whose bytes come from {@code /dev/urandom}, so it never
 * blocks (only {@code generateSeed}, which is not called, would). On Windows it is the system's own generator.
 */
final class SecureBits implements RandomBits {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
