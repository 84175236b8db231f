package org.privateevolution.privacy;

/** Where the noise's random bits come from. Package-private: product code can only have {@link SecureBits}. */
interface RandomBits {
    /** Fills {@code bytes} with independent uniform bytes. */
    void fill(byte[] bytes);
}
