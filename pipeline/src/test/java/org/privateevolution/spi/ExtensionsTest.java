package org.privateevolution.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a jar that only the thread's class loader knows, as of {@code spark-submit --jars}. */
class ExtensionsTest {

    @TempDir
    private Path jar;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private void addJar(String... services) throws IOException {
        Path source = Files.createDirectories(jar.resolve("elsewhere")).resolve("Lengths.java");
        Files.writeString(
                source,
                """
                package elsewhere;
                public class Lengths implements org.privateevolution.spi.MetricProvider {
                    public String name() { return "lengths"; }
                    public String version() { return "1"; }
                    public org.privateevolution.spi.SyntheticMetric create(org.privateevolution.spi.Options options) {
                        return null;
                    }
                }""");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-nowarn", "-proc:none", "-d", jar.toString(), source.toString()))
                .isZero();
        Path folder = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.write(folder.resolve(MetricProvider.class.getName()), List.of(services));
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, before));
    }

    @Test
    void theThreadsClassLoaderFindsTheJarAndTheProgramsOwnIsAskedToo() throws IOException {
        addJar("elsewhere.Lengths");

        assertThat(Extensions.of(MetricProvider.class).names()).containsExactly("lengths", "size");
        assertThat(Extensions.of(MetricProvider.class).named("lengths").version())
                .isEqualTo("1");

        Thread.currentThread().setContextClassLoader(null);
        assertThat(Extensions.of(MetricProvider.class).names()).containsExactly("size");
    }

    @Test
    void aJarThatCannotBeLoadedIsInNobodysWay() throws IOException {
        addJar("elsewhere.Absent", "elsewhere.Lengths");
        Extensions<MetricProvider> metrics = Extensions.of(MetricProvider.class);

        assertThat(metrics.has("lengths")).isTrue();
        assertThatThrownBy(() -> metrics.named("absent"))
                .isInstanceOf(UnknownExtensionException.class)
                .hasMessage("absent is not an extension on the class path: there are lengths, size, and some that"
                        + " cannot be"
                        + " loaded (Provider elsewhere.Absent not found); an extension comes in a jar that names it in"
                        + " META-INF/services/org.privateevolution.spi.MetricProvider: add it with spark-submit --jars,"
                        + " or to PE_JARS for scripts/pe");
    }

    @Test
    void aClassForALaterJavaIsInNobodysWay() throws IOException {
        addJar("elsewhere.Lengths");
        Path compiled = jar.resolve("elsewhere/Lengths.class");
        byte[] content = Files.readAllBytes(compiled);
        content[7] = 99; // the version of Java
        Files.write(compiled, content);
        Extensions<MetricProvider> metrics = Extensions.of(MetricProvider.class);

        assertThat(metrics.names()).containsExactly("size");
        assertThatThrownBy(() -> metrics.named("lengths"))
                .isInstanceOf(UnknownExtensionException.class)
                .hasMessageContaining(
                        "and some that cannot be loaded (java.lang.UnsupportedClassVersionError: elsewhere");
    }

    @Test
    void aClassWhoseOwnJarIsMissingIsInNobodysWay() throws IOException {
        addJar("elsewhere.Lengths", "elsewhere.More");
        Path source = jar.resolve("elsewhere/More.java");
        Files.writeString(source, "package elsewhere; public class More extends Base {} class Base extends Lengths {}");
        compile(source);
        Files.delete(jar.resolve("elsewhere/Base.class"));

        assertThat(Extensions.of(MetricProvider.class).names()).containsExactly("lengths", "size");
    }

    @Test
    void aNameOfTwoIsRefused() throws IOException {
        addJar("elsewhere.Lengths");
        Path other = Files.createDirectories(jar.resolve("other/elsewhere"));
        Files.writeString(other.resolve("More.java"), "package elsewhere; public class More extends Lengths {}");
        compile(other.resolve("More.java"));
        Files.write(
                jar.resolve("META-INF/services/" + MetricProvider.class.getName()),
                List.of("elsewhere.Lengths", "elsewhere.More"));

        assertThatThrownBy(() -> Extensions.of(MetricProvider.class).named("lengths"))
                .hasMessage(
                        "lengths is the name of several extensions, elsewhere.Lengths and elsewhere.More: leave one of"
                                + " their jars out");
    }

    /** Compiles a class into the jar, against what is in it. */
    private void compile(Path source) {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-cp",
                                jar + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                                "-d",
                                jar.toString(),
                                source.toString()))
                .isZero();
    }
}
