package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.endpoint.Authorization;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.RunListener;

/** The reference server's HTTP, with a pipeline that needs no model. Needs python3. */
@Tag("faults")
class ImageServerScriptTest {

    /** Serves plain squares: grey 9 fresh, grey of a tenth of the degree as a variation; refuses one prompt. */
    private static final String FAKE =
            """
            import importlib.machinery, importlib.util, struct, sys, zlib
            sys.dont_write_bytecode = True
            loader = importlib.machinery.SourceFileLoader("image_server", sys.argv[1])
            script = importlib.util.module_from_spec(importlib.util.spec_from_loader("image_server", loader))
            loader.exec_module(script)

            def chunk(kind, data):
                return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

            class Squares:
                def draw(self, ask, parent):
                    if ask["prompt"] == "refuse":
                        raise script.Refused("no")
                    if parent is not None and not parent.startswith(b"\\x89PNG"):
                        raise ValueError("the parent is not the PNG that was answered")
                    gray = 9 if parent is None else round(100 * ask["degree"])
                    rows = (b"\\0" + bytes([gray]) * ask["width"]) * ask["height"]
                    header = struct.pack(">IIBBBBB", ask["width"], ask["height"], 8, 0, 0, 0, 0)
                    return b"\\x89PNG\\r\\n\\x1a\\n" + b"".join(
                        chunk(*c) for c in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")))

            server = script.ThreadingHTTPServer(("127.0.0.1", 0), script.Handler)
            server.pipeline = Squares()
            print(server.server_port, flush=True)
            server.serve_forever()
            """;

    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    private final class Kept implements ImageFiles, GenerationSink {
        @Override
        public StoredImage save(String sampleId, byte[] encoded) {
            images.put(sampleId, encoded);
            return new StoredImage(sampleId, "");
        }

        @Override
        public byte[] load(StoredImage image) {
            return images.get(image.location());
        }

        @Override
        public void accept(GenerationRequest request, Payload payload) {}

        @Override
        public void reject(GenerationRequest request, String reason) {
            reasons.put(request.id(), reason);
        }
    }

    @Test
    void theReferenceServerKeepsTheContract() throws Exception {
        Process process = new ProcessBuilder("python3", "-c", FAKE, script().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            HttpImageGenerator generator = generator("http://127.0.0.1:" + output.readLine());
            Kept kept = new Kept();
            generator.generate(
                    List.of(
                            new GenerationRequest.Random("a", 0, new Seed(1)),
                            new GenerationRequest.Random("b", 1, new Seed(1))),
                    kept);
            Sample parent = new Sample("a", 0, new StoredImage("a", ""), "");
            generator.generate(List.of(new GenerationRequest.Variation("v", parent, 0, new Seed(1))), kept);

            assertThat(reasons).isEqualTo(Map.of("b", "held back by the content filter"));
            assertThat(decoded("a").rgb()).hasSize(13 * 7 * 3).containsOnly(9);
            assertThat(decoded("v").rgb()).containsOnly(40);
        } finally {
            process.destroy();
        }
    }

    private Pixels decoded(String id) throws Exception {
        return new ImageDecoder(1000).decode(images.get(id));
    }

    private HttpImageGenerator generator(String url) {
        ImagePrompts prompts = new ImagePrompts(
                List.of("draw", "refuse"),
                List.of("draw", "refuse"),
                13,
                7,
                Schedule.of(0.4),
                Schedule.of(7.5),
                Schedule.of(50));
        ImageEndpoint endpoint = new ImageEndpoint(url, new KeySource.None(), Authorization.BEARER);
        Retry retry = new Retry(3, 0.05, 1, 20);
        CallPolicy calls = new CallPolicy(Limits.ofConcurrency(2), retry, EndpointBudget.UNLIMITED, Prices.FREE);
        return new HttpImageGenerator(
                new ImageSpec.Served(
                        new ImageProtocol.Own(), List.of(endpoint), prompts, calls, new RejectionRule(1, 0)),
                new Kept(),
                new RunListener() {},
                Duration.ofDays(1));
    }

    private static Path script() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("scripts/image-server").toFile().exists()) {
            folder = folder.getParent();
        }
        return folder.resolve("scripts/image-server");
    }
}
