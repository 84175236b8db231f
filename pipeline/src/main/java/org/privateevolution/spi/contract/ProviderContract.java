package org.privateevolution.spi.contract;

import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Extensions;

/** The contract of a provider: it has a name and a version, and is found on the class path. */
public final class ProviderContract {

    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    private ProviderContract() {}

    /**
     * Checks a provider.
     *
     * @param kind the interface by which it is found
     * @throws AssertionError if the contract is broken
     */
    public static <P extends Extension> void verify(Class<P> kind, P provider) {
        Breaches breaches = new Breaches("the contract of a " + kind.getSimpleName());
        String name = provider.name();
        breaches.unless(
                name != null && name.matches(NAME), "the name is not of lower-case letters, digits and hyphens");
        String version = provider.version();
        breaches.unless(version != null && !version.isBlank(), "there is no version");
        breaches.unlessThrown(
                "META-INF/services/" + kind.getName(),
                () -> breaches.unless(
                        Extensions.of(kind).named(name).getClass() == provider.getClass(),
                        "the name finds another class"));
        breaches.throwIfAny();
    }
}
