package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.EncoderSettings;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.Range;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.endpoint.Authorization;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

class ImageConfigurationTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    private static final String DRAWN =
            """
            private_data: {format: image-folder, path: in/digits}
            labels: {column: label, values: ["0", "1"]}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3}
            images:
              draw_text: {fonts: fonts}
            output: {path: out/digits}
            """;

    private static final String SERVED =
            """
            private_data: {format: parquet, path: in/cats}
            labels: {column: cat, values: [tabby, black]}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3, lookahead: 2}
            images:
              column: picture
              corrupt: skip
              most_pixels: 1000
              held_out: {path: in/others}
              embedding:
                {model: "hdfs:///m.onnx", model_sha256: %1$s, width: 224, height: 200, fit: crop, resampling: bicubic,
                 mean: [0.5, 0.4, 0.3], std: [0.1, 0.2, 0.25], layout: nhwc, output: features, normalize: true,
                 dimension: 1280, device: cuda}
              api:
                protocol: openai
                endpoints:
                  - {url: "http://localhost:7860", key_env: KEY}
                  - {url: "https://x.example/v1", key_file: /run/key, authorization: api-key}
                model: gpt-image-1
                variation: variation
                response_format: false
                parameters: {quality: low, n_iter: "1"}
                width: 256
                height: 128
                prompts: [a tabby cat, a black cat]
                variation_prompts: [a tabby, a black one]
                degrees: [0.9, 0.5]
                guidance: [7, 6]
                steps: [30]
                price_per_image: 0.02
                limits: {concurrency: 3, requests_per_minute: 60}
                retry: {attempts: 3, first_delay: 0.5, longest_delay: 60, timeout: 30}
                budget: {requests: 1000, money: 12.5}
                rejections: {attempts: 5, most_left_out: 0.25}
            output: {path: out/cats, formats: [png, parquet]}
            """
                    .formatted(SHA);

    private static RunSpec parse(String yaml, String... overrides) {
        return RunConfiguration.parse(yaml, "images.yaml", List.of(overrides));
    }

    private static ImageSpec images(RunSpec spec) {
        return (ImageSpec) spec.modality();
    }

    @Test
    void aMinimalConfigurationGetsItsDefaults() {
        RunSpec spec = parse(DRAWN);
        ImageSpec images = images(spec);

        assertThat(spec.output().formats()).containsExactly("png");
        assertThat(images.source())
                .isEqualTo(new ImageSpec.Source("image", Optional.empty(), ImageSpec.Corrupt.REFUSE, 25_000_000));
        assertThat(images.embedding())
                .isEqualTo(new ImageSpec.PixelEmbedding(
                        new ImageFrame(32, 32, ImageFrame.Fit.STRETCH, Resampling.BILINEAR), ImageSpec.Channels.RGB));
        assertThat(images.heldOut()).isEmpty();
        assertThat(images.generator())
                .isEqualTo(new ImageSpec.DrawText(
                        new PublicFile("fonts", Optional.empty()),
                        List.of("0", "1"),
                        new DrawTextSettings(
                                28,
                                28,
                                new Range(10, 29),
                                new Range(0, 2),
                                new Range(-30, 30),
                                new DrawTextSettings.Degrees(
                                        Schedule.of(1.0, 0.8, 0.4, 0.2, 0.0),
                                        Schedule.of(0),
                                        Schedule.of(6.0, 5.0, 4.0, 3.0, 2.0),
                                        Schedule.of(1.0, 1.0, 1.0, 0.0, 0.0),
                                        Schedule.of(11.0, 9.0, 7.0, 5.0, 3.0)))));
    }

    @Test
    void everyKeyIsRead() {
        ImageSpec images = images(parse(SERVED));

        assertThat(images.source())
                .isEqualTo(new ImageSpec.Source("picture", Optional.empty(), ImageSpec.Corrupt.SKIP, 1000));
        assertThat(images.heldOut()).contains(new ImageSpec.HeldOut("in/others", Optional.empty()));
        assertThat(images.embedding())
                .isEqualTo(new ImageSpec.OnnxEmbedding(
                        new PublicFile("hdfs:///m.onnx", Optional.of(SHA)),
                        new EncoderSettings(
                                new ImageFrame(224, 200, ImageFrame.Fit.CROP, Resampling.BICUBIC),
                                List.of(0.5, 0.4, 0.3),
                                List.of(0.1, 0.2, 0.25),
                                EncoderSettings.Layout.NHWC,
                                "features",
                                true,
                                EncoderSettings.Device.CUDA),
                        OptionalInt.of(1280)));
        assertThat(images.generator())
                .isEqualTo(new ImageSpec.Served(
                        new ImageProtocol.OpenAi(
                                "gpt-image-1",
                                ImageProtocol.OpenAi.Variation.VARIATION,
                                false,
                                Map.of("quality", "low", "n_iter", "1")),
                        List.of(
                                new ImageEndpoint(
                                        "http://localhost:7860",
                                        new KeySource.Environment("KEY"),
                                        Authorization.BEARER),
                                new ImageEndpoint(
                                        "https://x.example/v1",
                                        new KeySource.SecretFile("/run/key"),
                                        Authorization.API_KEY)),
                        new ImagePrompts(
                                List.of("a tabby cat", "a black cat"),
                                List.of("a tabby", "a black one"),
                                256,
                                128,
                                Schedule.of(0.9, 0.5),
                                Schedule.of(7.0, 6.0),
                                Schedule.of(30)),
                        new CallPolicy(
                                new Limits(3, OptionalLong.of(60), OptionalLong.empty()),
                                new Retry(3, 0.5, 60, 30),
                                new EndpointBudget(
                                        OptionalLong.of(1000),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        OptionalDouble.of(12.5)),
                                new Prices(0, 0, 0.02)),
                        new RejectionRule(5, 0.25)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "images={avatar: {}}",
                "images={avatar: {width: 32, redraw: [0.5], step: [0.1, 0]}}",
                "images={pool: {path: in/public, neighbors: [3, 1]}, held_out: {path: x}}",
                "images.draw_text={fonts: f, texts: [nought, one], size: [5, 6.5], variation: {font: [0]}}"
            })
    void theCanonicalFormReadsBackToTheSameRun(String override) {
        for (RunSpec spec : List.of(parse(DRAWN, override), parse(SERVED))) {
            assertThat(parse(CanonicalConfiguration.yaml(spec))).isEqualTo(spec);
            assertThat(parse(CanonicalConfiguration.json(spec))).isEqualTo(spec);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images.colum=a | images.colum: is not a key; did you mean images.column?",
                "images.avatar={} | exactly one of draw_text, avatar (simulators), pool (public images) and api",
                "text={columns: [a]} | text: images is given, too",
                "images.draw_text.fonts= | images.draw_text.fonts is missing",
                "images.draw_text.texts=[a] | there are 1, but 2 labels",
                "images.draw_text.size=[5] | must be two numbers, the minimum and the maximum",
                "images.draw_text.size=[6, 5] | must be two numbers, the minimum and the maximum",
                "images.draw_text.rotation=[-200, 5] | must be from -180 to 180",
                "images.embedding.mean=[1, 1, 1] | images.embedding.mean: it needs images.embedding.model",
                "images.embedding={model: m, mean: [1]} | has 1 numbers",
                "images.embedding={model: m, channels: grey} | a model always gets red, green and blue",
                "images.held_out={labels_file: x} | images.held_out.path is missing",
                "output.formats=[csv] | output.formats: csv is not allowed: must be of png, parquet",
                "private_data.format=csv | images are in one of cifar10, idx, image-folder",
                "private_data.options={a: b} | have none",
                "private_data.format=idx | images.labels_file is missing",
                "labels.column=kind | images of the format image-folder have the column label",
                "labels.column=image | labels.column: image is not allowed",
                "privacy.unit=client | private_data.client_column is missing",
                "images.most_pixels=0 | must be a whole number of at least 1",
            })
    void whatIsWrongIsSaidWithItsKey(String override, String message) {
        assertThatThrownBy(() -> parse(DRAWN, override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void degreesBeyondOneAreForOwnServers() {
        assertThatThrownBy(() -> parse(
                        SERVED,
                        "images.api={protocol: webui, endpoints: [{url: 'http://x'}], prompts: [a, b],"
                                + " degrees: [0, 40]}"))
                .hasMessageContaining("must be from 0 to 1");
        assertThat(images(parse(
                                SERVED,
                                "images.api={protocol: http, endpoints: [{url: 'http://x'}], prompts: [a,"
                                        + " b], degrees: [0, 40]}"))
                        .generator())
                .extracting(generator ->
                        ((ImageSpec.Served) generator).prompts().degrees().values())
                .isEqualTo(List.of(0.0, 40.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images.api.protocol= | images.api.protocol is missing",
                "images.api.protocol=http | images.api.model: gpt-image-1 is not allowed: it is only for"
                        + " protocol: openai",
                "images.api.model= | images.api.model is missing",
                "images.api.endpoints=[] | images.api.endpoints is missing",
                "images.api.variation_prompts=[a] | there are 1, but 2 labels",
                "images.api.endpoints.0.key_file=k | key_env is given, too",
            })
    void whatIsWrongWithEndpointsIsSaidWithItsKey(String override, String message) {
        assertThatThrownBy(() -> parse(SERVED, override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void imageFormatsNeedImages() {
        assertThatThrownBy(() -> parse(Configurations.MINIMAL, "private_data.format=cifar10"))
                .hasMessageContaining("cifar10 is not allowed: it needs images");
    }

    @Test
    void aKeyInAnAddressIsNotRepeated() {
        assertThatThrownBy(() -> parse(SERVED, "images.api.endpoints.0.url=http://user:hunter2@x/v1"))
                .hasMessageContaining("must read http(s)://host")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images.held_out.path=elsewhere",
                "images.embedding.model=elsewhere.onnx",
                "images.api.endpoints.1.url=http://other/v1",
                "images.api.endpoints.1.key_file=/other",
                "images.api.limits.concurrency=1",
                "images.api.budget.money=13",
                "images.api.price_per_image=1",
                "images.api.rejections.attempts=2"
            })
    void whatNoAnswerDependsOnMayChangeInAResumedRun(String override) {
        assertThat(Fingerprint.of(parse(SERVED, override)).identity())
                .isEqualTo(Fingerprint.of(parse(SERVED)).identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images.corrupt=refuse",
                "images.embedding.width=225",
                "images.embedding.device=cpu",
                "images.api.prompts.0=a cat",
                "images.api.degrees=[0.9, 0.4]",
                "images.api.model=other",
                "images.api.variation=edit"
            })
    void whatAnswersDependOnMayNot(String override) {
        assertThat(Fingerprint.of(parse(SERVED, override)).identity())
                .isNotEqualTo(Fingerprint.of(parse(SERVED)).identity());
    }
}
