package org.privateevolution.privacy;

import java.security.SecureRandom;

/**
 * The platform's cryptographic generator. {@code new SecureRandom()} is used as it is: on Linux and macOS it is the JDK's
 * NativePRNG, whose bytes come from {@code /dev/urandom}, so it never blocks (only {@code generateSeed} would, and is not
 * called); on Windows it is the system's own. It is never seeded here.
 */
final class SecureBits implements RandomBits {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
