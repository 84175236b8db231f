package org.privateevolution.spi;

/**
 * What a jar on the class path adds, found with {@link java.util.ServiceLoader} and named in the configuration. Implement
 * one of its kinds, with a public constructor without parameters, and name the class in {@code META-INF/services}.
 */
public interface Extension {

    /** What configurations call it: lower-case letters, digits and hyphens; unique among extensions of its kind. */
    String name();

    /**
     * To be raised whenever equal options no longer give equal results. A run is known by it: another version does not go on
     * with the run of this one.
     */
    String version();
}
