package org.privateevolution.model;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A node in a tree of seeds whose root is the run's seed. Equal paths give equal random numbers, whatever else has been
 * drawn. Privacy noise never comes from these seeds.
 */
public record Seed(long value) {

    /** Returns the seed for the part of the run named {@code purpose}. */
    public Seed derive(String purpose) {
        long hash = value;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return new Seed(mix(hash + purpose.length()));
    }

    /** Returns the seed for item {@code index}. */
    public Seed derive(long index) {
        return new Seed(mix(value ^ mix(index + 0x9E3779B97F4A7C15L)));
    }

    /**
     * Returns a fresh generator that starts at this seed. Not a generator that is looked up by name: Java searches for
     * those through the thread's class loader, and finds none in some of Spark's threads.
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
