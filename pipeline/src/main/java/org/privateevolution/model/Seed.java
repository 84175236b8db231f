package org.privateevolution.model;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A node in the tree of seeds that grows from the run's one seed. Equal paths give equal random numbers, whatever else
 * was drawn in between. Privacy noise never comes from here.
 */
public record Seed(long value) {

    /** The seed for the part of the run named {@code purpose}. */
    public Seed derive(String purpose) {
        long hash = value;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return new Seed(mix(hash + purpose.length()));
    }

    /** The seed for item {@code index}. */
    public Seed derive(long index) {
        return new Seed(mix(value ^ mix(index + 0x9E3779B97F4A7C15L)));
    }

    /**
     * A fresh generator that starts at this seed. Not one of those that are looked up by name: Java looks for them through
     * the thread's class loader, and in some of Spark's threads finds none.
     */
    public RandomGenerator generator() {
        return new SplittableRandom(value);
    }

    /** The 64-bit finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford). */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
