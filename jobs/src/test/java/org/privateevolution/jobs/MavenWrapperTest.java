package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code mvnw} on a mirror that offers a script that prints its arguments in place of Maven. */
class MavenWrapperTest {

    private static final String PLACE = "/org/apache/maven/apache-maven/3.9.0/apache-maven-3.9.0-bin.tar.gz";

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer mirror;
    private byte[] archive;

    @BeforeEach
    void serve() throws Exception {
        Inputs.echo(folder.resolve("apache-maven-3.9.0/bin/mvn"));
        Path packed = folder.resolve("maven.tar.gz");
        assertThat(new ProcessBuilder("tar", "-czf", packed.toString(), "-C", folder.toString(), "apache-maven-3.9.0")
                        .start()
                        .waitFor())
                .isZero();
        archive = Files.readAllBytes(packed);
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        mirror.start();
        Files.copy(SparkHome.checkout().resolve("mvnw"), folder.resolve("mvnw"));
        Files.createDirectories(folder.resolve(".mvn/wrapper"));
        declare(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive)));
    }

    @AfterEach
    void stop() {
        mirror.stop(0);
    }

    private void declare(String sum) throws IOException {
        Files.writeString(
                folder.resolve(".mvn/wrapper/maven-wrapper.properties"),
                "distributionUrl=https://maven.invalid/dist/apache-maven-3.9.0-bin.tar.gz\ndistributionSha512Sum=" + sum
                        + "\n");
    }

    private String wrapped(int exitCode) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("mvnw").toString(), "-q", "verify").redirectErrorStream(true);
        builder.environment()
                .put("MVNW_REPOURL", "http://127.0.0.1:" + mirror.getAddress().getPort());
        builder.environment().put("MAVEN_USER_HOME", folder.resolve("home").toString());
        builder.environment().put("no_proxy", "127.0.0.1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
        return output;
    }

    @Test
    void mavenComesFromTheMirrorOnce() throws Exception {
        assertThat(wrapped(0)).endsWith("-q\nverify\n");
        assertThat(wrapped(0)).isEqualTo("-q\nverify\n");
        assertThat(asked).containsExactly(PLACE);
    }

    @Test
    void anotherArchiveThanTheDeclaredOneIsRefusedAndLeavesNothing() throws Exception {
        declare("0".repeat(128));

        assertThat(wrapped(1)).contains("is not the archive that maven-wrapper.properties names");
        try (var left = Files.walk(folder.resolve("home"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
