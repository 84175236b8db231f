package org.privateevolution.spi;

/**
 * An extension in a jar on the class path, found with {@link java.util.ServiceLoader} and named in the configuration.
 * To write one, implement one of the kinds of extensions with a public constructor without parameters, and name the
 * class in {@code META-INF/services}.
 */
public interface Extension {

    /** The name in configurations: lower-case letters, digits and hyphens; unique among extensions of its kind. */
    String name();

    /**
     * Increase this whenever equal options no longer give equal results. It is part of a run's identity: a run cannot
     * be continued with another version.
     */
    String version();
}
