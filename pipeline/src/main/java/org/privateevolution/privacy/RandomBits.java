package org.privateevolution.privacy;

/** The source of the noise's random bits. Package-private, so that product code can only use {@link SecureBits}. */
interface RandomBits {
    /** Fills {@code bytes} with independent uniform bytes. */
    void fill(byte[] bytes);
}
