package org.privateevolution.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The extensions of one kind on the class path. They are looked up through the class loader of the thread, which has
 * the jars of {@code spark-submit --jars}, and through the class loader of this class.
 *
 * @param <P> the kind of provider
 */
public final class Extensions<P extends Extension> {

    private static final String ADVICE = "an extension comes in a jar that names it in META-INF/services/";

    private final Class<P> kind;
    private final List<P> found = new ArrayList<>();
    private final Set<String> broken = new TreeSet<>();

    private Extensions(Class<P> kind) {
        this.kind = kind;
    }

    /** Looks up the extensions that are on the class path now. */
    public static <P extends Extension> Extensions<P> of(Class<P> kind) {
        Extensions<P> extensions = new Extensions<>(kind);
        Set<String> classes = new HashSet<>();
        for (ClassLoader loader :
                Arrays.asList(Thread.currentThread().getContextClassLoader(), Extensions.class.getClassLoader())) {
            if (loader != null) {
                extensions.add(ServiceLoader.load(kind, loader).iterator(), classes);
            }
        }
        return extensions;
    }

    private void add(Iterator<P> services, Set<String> classes) {
        while (true) {
            try {
                if (!services.hasNext()) {
                    return;
                }
                P provider = services.next();
                if (classes.add(provider.getClass().getName())) {
                    found.add(provider);
                }
            } catch (ServiceConfigurationError e) {
                broken.add(e.getMessage().replace(kind.getName() + ": ", ""));
            } catch (LinkageError e) {
                // Its jar is for a later Java version, or jars that it needs are missing.
                broken.add(e.toString());
            }
        }
    }

    /** The names of the extensions, sorted. */
    public List<String> names() {
        return found.stream().map(Extension::name).sorted().toList();
    }

    public boolean has(String name) {
        return found.stream().anyMatch(provider -> provider.name().equals(name));
    }

    /**
     * Returns the extension with this name.
     *
     * @throws UnknownExtensionException if there is none, or more than one
     */
    public P named(String name) {
        List<P> named =
                found.stream().filter(provider -> provider.name().equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new UnknownExtensionException(name + " is the name of several extensions, "
                    + named.stream()
                            .map(provider -> provider.getClass().getName())
                            .sorted()
                            .collect(Collectors.joining(" and "))
                    + ": leave one of their jars out");
        }
        throw new UnknownExtensionException(name + " is not an extension on the class path: "
                + (found.isEmpty() ? "there is none" : "there are " + String.join(", ", names()))
                + (broken.isEmpty() ? "" : ", and some that cannot be loaded (" + String.join("; ", broken) + ")")
                + "; " + ADVICE + kind.getName() + ": add it with spark-submit --jars, or to PE_JARS for scripts/pe");
    }
}
