package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the contents of the two deployed jars. */
class PackagedJarIT {

    private static final Path TARGET = Path.of("target");

    /**
     * After an intended change: {@code mvn -B -DskipTests package && cp jobs/target/dependencies.txt
     * jobs/dependencies.txt}.
     */
    @Test
    void theDependenciesAreTheCommittedOnes() throws IOException {
        assertThat(artifacts(TARGET.resolve("dependencies.txt")))
                .isNotEmpty()
                .isEqualTo(artifacts(Path.of("dependencies.txt")));
    }

    @Test
    void theJarForTablesHoldsThisProjectItsCommandLineAndNamesOnly() throws IOException {
        List<String> entries = entries("");

        assertThat(entries)
                .contains("org/privateevolution/jobs/Pe.class", "org/privateevolution/spark/PrivateEvolution.class")
                .anyMatch(entry -> entry.startsWith("org/privateevolution/shaded/picocli/"));
        assertThat(entries)
                .allMatch(entry -> entry.startsWith("org/privateevolution/")
                        || entry.startsWith("META-INF/")
                        || entry.startsWith("net/datafaker/")
                        || entry.matches("[\\w-]+\\.yml|en/[\\w.]+\\.yml"));
    }

    @Test
    void theJarForTextsHoldsModelsAndNativeLibrariesToo() throws IOException {
        List<String> entries = entries("-text");

        assertThat(entries).containsAll(entries(""));
        assertThat(entries.stream().filter(entry -> entry.endsWith(".class"))).allMatch(entry -> Stream.of(
                        "org/privateevolution/",
                        "ai/onnxruntime/",
                        "ai/djl/",
                        "com/sun/jna/",
                        "de/kherud/llama/",
                        "net/datafaker/")
                .anyMatch(entry::startsWith));
        assertThat(entries)
                .contains("all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json")
                .contains(
                        "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                        "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
                        "native/lib/linux-x86_64/cpu/libtokenizers.so",
                        "native/lib/linux-aarch64/cpu/libtokenizers.so",
                        "de/kherud/llama/Linux/x86_64/libjllama.so",
                        "de/kherud/llama/Linux/aarch64/libjllama.so");
    }

    @Test
    void nothingOfSparkHadoopOrScalaIsInside() throws IOException {
        for (String kind : List.of("", "-text")) {
            assertThat(entries(kind)).noneMatch(entry -> Stream.of(
                            "org/apache/", "scala/", "com/fasterxml/", "org/slf4j/", "com/google/", "kotlin/")
                    .anyMatch(entry::startsWith));
        }
    }

    /** A class of another jar would reach constructors that take a source of noise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.privateevolution.privacy.Ledger",
                "org.privateevolution.run.PrivateReleases",
                "org.privateevolution.spark.PrivateEvolution"
            })
    void noOtherJarAddsClassesToThePackagesThatMakeNoise(String own, @TempDir Path folder) throws Exception {
        String sealed = own.substring(0, own.lastIndexOf('.'));
        for (String name : List.of(sealed, "org.privateevolution.model")) {
            Path source = folder.resolve(name).resolve("Intruder.java");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "package " + name + "; public class Intruder {}");
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "-d", folder.toString(), source.toString()))
                    .isZero();
        }
        for (String kind : List.of("", "-text")) {
            URL[] classPath = {jar(kind).toUri().toURL(), folder.toUri().toURL()};
            try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
                // The seal applies from the first class of the package that is loaded.
                loader.loadClass(own);

                assertThatThrownBy(() -> loader.loadClass(sealed + ".Intruder"))
                        .isInstanceOf(SecurityException.class)
                        .hasMessageContaining("sealing violation");
                assertThat(loader.loadClass("org.privateevolution.model.Intruder"))
                        .isNotNull();
            }
        }
    }

    /** The output states which version wrote it. */
    @Test
    void theJarsKnowTheirVersion() throws Exception {
        for (String kind : List.of("", "-text")) {
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar(kind).toUri().toURL()}, null)) {
                Object version = loader.loadClass("org.privateevolution.model.ProgramVersion")
                        .getMethod("current")
                        .invoke(null);

                assertThat(jar(kind).getFileName()).hasToString("private-evolution-" + version + kind + ".jar");
            }
        }
    }

    /** Entries have the time that the parent POM states, so that two builds are identical byte for byte. */
    @Test
    void noClassHasTheTimeOfTheBuild() throws IOException {
        for (String kind : List.of("", "-text")) {
            try (ZipFile jar = new ZipFile(jar(kind).toFile())) {
                assertThat(jar.stream()
                                .filter(entry -> entry.getName().startsWith("org/privateevolution/jobs/"))
                                .map(ZipEntry::getTimeLocal)
                                .distinct())
                        .containsExactly(LocalDateTime.parse("2026-01-01T00:00:00"));
            }
        }
    }

    /** Lines {@code group:artifact:type:version:scope}. In a terminal, Maven colours the list, in the file, too. */
    private static List<String> artifacts(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .map(line -> line.strip().replaceFirst("(\\x1b\\[[\\d;]*m)? -- module.*", ""))
                .filter(line -> line.contains(":jar:"))
                .toList();
    }

    private static List<String> entries(String kind) throws IOException {
        try (ZipFile jar = new ZipFile(jar(kind).toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    /** @param kind the end of the jar's name */
    static Path jar(String kind) throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("private-evolution-[0-9.]+(-SNAPSHOT)?" + kind + "\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
