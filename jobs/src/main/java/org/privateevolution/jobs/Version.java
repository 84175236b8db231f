package org.privateevolution.jobs;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Pe.class.getPackage().getImplementationVersion();
        return new String[] {"pe " + (version == null ? "(not packaged)" : version)};
    }
}
