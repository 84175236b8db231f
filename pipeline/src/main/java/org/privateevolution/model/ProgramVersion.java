package org.privateevolution.model;

/** The version of this program. */
public final class ProgramVersion {

    private static final String UNPACKAGED = "development";

    private ProgramVersion() {}

    /**
     * Returns the version in the jar's manifest, such as {@code 0.1.0}; {@code development} for classes outside a jar.
     */
    public static String current() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKAGED : version;
    }
}
