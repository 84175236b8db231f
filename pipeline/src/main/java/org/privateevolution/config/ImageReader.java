package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoublePredicate;
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
import org.privateevolution.spi.Content;

/** Reads how images are read, embedded and generated. */
final class ImageReader {

    /** The label column of formats that bring their labels. */
    private static final String LABEL = "label";

    private static final Set<String> OWN_FORMATS = Set.of(ImageSpec.FOLDER, ImageSpec.IDX, ImageSpec.CIFAR10);
    private static final Set<String> TABLE_FORMATS = Set.of("parquet", "orc", "delta", "table");

    private static final String DRAW_TEXT = "draw_text";
    private static final String AVATAR = "avatar";
    private static final String POOL = "pool";
    private static final String API = "api";
    private static final String GENERATION = "generation";
    private static final int MAX_NEIGHBORS = 31;
    private static final int MAX_SIDE = 4096;
    private static final int MAX_EMBEDDING_SIDE = 1024;

    /** What endpoints speak, as a configuration says it. */
    private enum Protocol {
        WEBUI,
        OPENAI,
        HTTP
    }

    private final Section section;
    private final Problems problems;

    ImageReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    /** Whether private data of a format are images and nothing else. */
    static boolean ownFormat(String format) {
        return OWN_FORMATS.contains(format);
    }

    /**
     * @param labels null if they are wrong, a problem already noted
     * @param data likewise
     */
    ImageSpec read(RunSpec.Labels labels, RunSpec.PrivateData data) {
        int before = problems.count();
        ImageSpec.Source source = source(labels, data);
        ImageSpec.Embedding embedding = embedding(section.section("embedding"));
        ImageSpec.Generator generator = generator(labels);
        Optional<ImageSpec.HeldOut> heldOut = heldOut(section.section("held_out"), labels, source);
        return problems.count() > before ? null : new ImageSpec(source, embedding, generator, heldOut);
    }

    private ImageSpec.Source source(RunSpec.Labels labels, RunSpec.PrivateData data) {
        String column = section.text(Key.IMAGES_COLUMN);
        Optional<String> labelsFile = Optional.ofNullable(section.text(Key.IMAGES_LABELS_FILE));
        ImageSpec.Corrupt corrupt = section.choice(Key.IMAGES_CORRUPT, ImageSpec.Corrupt.class);
        Long mostPixels = section.atLeast(Key.IMAGES_MOST_PIXELS, 1);
        if (data != null) {
            requireFormat(data, labels, labelsFile);
        }
        return column == null || corrupt == null || mostPixels == null
                ? null
                : new ImageSpec.Source(column, labelsFile, corrupt, mostPixels);
    }

    private void requireFormat(RunSpec.PrivateData data, RunSpec.Labels labels, Optional<String> labelsFile) {
        String format = data.format();
        if (!OWN_FORMATS.contains(format) && !TABLE_FORMATS.contains(format) && !data.isExtension()) {
            problems.add(
                    Key.PRIVATE_DATA_FORMAT.path(),
                    format + " is not allowed: images are in one of "
                            + String.join(", ", OWN_FORMATS.stream().sorted().toList()) + ", or in a binary column of "
                            + String.join(", ", TABLE_FORMATS.stream().sorted().toList()));
            return;
        }
        if (OWN_FORMATS.contains(format) && !data.options().isEmpty()) {
            problems.add(
                    Key.PRIVATE_DATA_OPTIONS.path(), "is not allowed: images of the format " + format + " have none");
        }
        boolean labelled = labels != null && !labels.column().isEmpty();
        if (labelsFile.isPresent() && !format.equals(ImageSpec.FOLDER) && !format.equals(ImageSpec.IDX)) {
            section.refuse(Key.IMAGES_LABELS_FILE, "it is for image-folder and idx; here labels are in the data");
        }
        if (format.equals(ImageSpec.IDX) && labelled && labelsFile.isEmpty()) {
            section.missing(Key.IMAGES_LABELS_FILE, "the run has labels: name the IDX file that holds them");
        }
        boolean bringsLabels =
                OWN_FORMATS.contains(format) && !(format.equals(ImageSpec.FOLDER) && labelsFile.isPresent());
        if (bringsLabels && labelled && !labels.column().equals(LABEL)) {
            problems.add(
                    Key.LABELS_COLUMN.path(),
                    labels.column() + " is not allowed: images of the format " + format + " have the column " + LABEL);
        }
        if (bringsLabels && !data.clientColumn().isEmpty()) {
            problems.add(
                    Key.PRIVATE_DATA_CLIENT_COLUMN.path(),
                    data.clientColumn() + " is not allowed: images of the format " + format
                            + " have no clients: use an image-folder with images.labels_file, or a table");
        }
    }

    private Optional<ImageSpec.HeldOut> heldOut(Section heldOut, RunSpec.Labels labels, ImageSpec.Source source) {
        if (heldOut.isEmpty()) {
            return Optional.empty();
        }
        if (!heldOut.has(Key.IMAGES_HELD_OUT_PATH)) {
            heldOut.missing(Key.IMAGES_HELD_OUT_PATH, "must be a path, URI or table");
        }
        if (labels != null && labels.names().size() < 2) {
            heldOut.conflict(Key.IMAGES_HELD_OUT_PATH, "a classifier needs two labels or more");
        }
        boolean wantsLabels = source != null && source.labelsFile().isPresent();
        if (wantsLabels && !heldOut.has(Key.IMAGES_HELD_OUT_LABELS_FILE)) {
            heldOut.missing(Key.IMAGES_HELD_OUT_LABELS_FILE, "images.labels_file is given: name that of these images");
        }
        if (!wantsLabels) {
            heldOut.refuse(Key.IMAGES_HELD_OUT_LABELS_FILE, "it needs images.labels_file");
        }
        String path = heldOut.text(Key.IMAGES_HELD_OUT_PATH);
        Optional<String> labelsFile = Optional.ofNullable(heldOut.text(Key.IMAGES_HELD_OUT_LABELS_FILE));
        return path == null ? Optional.empty() : Optional.of(new ImageSpec.HeldOut(path, labelsFile));
    }

    private ImageSpec.Embedding embedding(Section embedding) {
        Integer width = embedding.integer(Key.IMAGES_EMBEDDING_WIDTH, 1, MAX_EMBEDDING_SIDE);
        Integer height = embedding.integer(Key.IMAGES_EMBEDDING_HEIGHT, 1, MAX_EMBEDDING_SIDE);
        ImageFrame.Fit fit = embedding.choice(Key.IMAGES_EMBEDDING_FIT, ImageFrame.Fit.class);
        Resampling resampling = embedding.choice(Key.IMAGES_EMBEDDING_RESAMPLING, Resampling.class);
        ImageSpec.Channels channels = embedding.choice(Key.IMAGES_EMBEDDING_CHANNELS, ImageSpec.Channels.class);
        if (width == null || height == null || fit == null || resampling == null || channels == null) {
            return null;
        }
        ImageFrame frame = new ImageFrame(width, height, fit, resampling);
        if (embedding.has(Key.IMAGES_EMBEDDING_EXTENSION)) {
            String rule = "images.embedding.extension embeds the images: take it out";
            embedding.refuse(Key.IMAGES_EMBEDDING_MODEL, rule);
            embedding.refuse(Key.IMAGES_EMBEDDING_CHANNELS, rule);
        } else if (embedding.has(Key.IMAGES_EMBEDDING_MODEL)) {
            embedding.refuse(Key.IMAGES_EMBEDDING_CHANNELS, "a model gets red, green and blue");
            return onnx(embedding, frame);
        }
        for (Key key : List.of(
                Key.IMAGES_EMBEDDING_MODEL_SHA256,
                Key.IMAGES_EMBEDDING_MEAN,
                Key.IMAGES_EMBEDDING_STD,
                Key.IMAGES_EMBEDDING_LAYOUT,
                Key.IMAGES_EMBEDDING_OUTPUT,
                Key.IMAGES_EMBEDDING_NORMALIZE,
                Key.IMAGES_EMBEDDING_DIMENSION,
                Key.IMAGES_EMBEDDING_DEVICE)) {
            if (embedding.has(key)) {
                embedding.conflict(key, "it needs images.embedding.model");
            }
        }
        return embedding.has(Key.IMAGES_EMBEDDING_EXTENSION)
                ? new ImageSpec.ExtensionEmbedding(
                        new ExtensionReader(problems).imageEncoder(embedding, Key.IMAGES_EMBEDDING_EXTENSION), frame)
                : new ImageSpec.PixelEmbedding(frame, channels);
    }

    private static ImageSpec.OnnxEmbedding onnx(Section embedding, ImageFrame frame) {
        PublicFile model = TextReader.file(embedding, Key.IMAGES_EMBEDDING_MODEL, Key.IMAGES_EMBEDDING_MODEL_SHA256);
        List<Double> mean = threeNumbers(embedding, Key.IMAGES_EMBEDDING_MEAN, x -> true, "must be a number");
        List<Double> std = threeNumbers(embedding, Key.IMAGES_EMBEDDING_STD, x -> x > 0, "must be greater than 0");
        EncoderSettings.Layout layout = embedding.choice(Key.IMAGES_EMBEDDING_LAYOUT, EncoderSettings.Layout.class);
        String output = TextReader.orEmpty(embedding.text(Key.IMAGES_EMBEDDING_OUTPUT));
        Boolean normalize = embedding.flag(Key.IMAGES_EMBEDDING_NORMALIZE);
        Integer dimension = embedding.integer(Key.IMAGES_EMBEDDING_DIMENSION, 0, Integer.MAX_VALUE);
        EncoderSettings.Device device = embedding.choice(Key.IMAGES_EMBEDDING_DEVICE, EncoderSettings.Device.class);
        return mean == null || std == null || layout == null || normalize == null || dimension == null || device == null
                ? null
                : new ImageSpec.OnnxEmbedding(
                        model,
                        new EncoderSettings(frame, mean, std, layout, output, normalize, device),
                        dimension == 0 ? OptionalInt.empty() : OptionalInt.of(dimension));
    }

    private static List<Double> threeNumbers(Section section, Key key, DoublePredicate allowed, String rule) {
        List<Double> numbers = section.numberList(key, allowed, rule);
        if (numbers != null && numbers.size() != 3) {
            section.conflict(key, "has " + numbers.size() + " numbers: give those of red, green and blue");
            return null;
        }
        return numbers;
    }

    private ImageSpec.Generator generator(RunSpec.Labels labels) {
        List<String> given = List.of(DRAW_TEXT, AVATAR, POOL, API, GENERATION).stream()
                .filter(section::hasGroup)
                .toList();
        if (given.size() != 1) {
            section.conflict("give exactly one of " + DRAW_TEXT + ", " + AVATAR + " (simulators), " + POOL
                    + " (public images) and " + API + " (endpoints), or " + GENERATION + " (an extension)"
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return null;
        }
        if (given.get(0).equals(GENERATION)) {
            return new ExtensionReader(problems).generator(section, Key.IMAGES_GENERATION, Content.IMAGES);
        }
        Section generator = section.section(given.get(0));
        return switch (given.get(0)) {
            case DRAW_TEXT -> drawText(generator, labels);
            case AVATAR -> avatar(generator);
            case POOL -> pool(generator);
            default -> served(generator, labels);
        };
    }

    private ImageSpec.DrawText drawText(Section draw, RunSpec.Labels labels) {
        int before = problems.count();
        require(draw, Key.IMAGES_DRAW_TEXT_FONTS, "name a folder of font files");
        PublicFile fonts = TextReader.file(draw, Key.IMAGES_DRAW_TEXT_FONTS, Key.IMAGES_DRAW_TEXT_FONTS_SHA256);
        Integer width = draw.integer(Key.IMAGES_DRAW_TEXT_WIDTH, 1, MAX_SIDE);
        Integer height = draw.integer(Key.IMAGES_DRAW_TEXT_HEIGHT, 1, MAX_SIDE);
        List<String> texts = draw.has(Key.IMAGES_DRAW_TEXT_TEXTS)
                ? eachLabel(draw, Key.IMAGES_DRAW_TEXT_TEXTS, labels)
                : labels == null ? List.of() : labels.names();
        if (!draw.has(Key.IMAGES_DRAW_TEXT_TEXTS) && texts.stream().anyMatch(String::isBlank)) {
            draw.conflict("a label is blank and cannot be drawn: give draw_text.texts");
        }
        Range size = range(draw, Key.IMAGES_DRAW_TEXT_SIZE, x -> x > 0, "must be greater than 0");
        Range stroke = range(draw, Key.IMAGES_DRAW_TEXT_STROKE, x -> x >= 0, "must be at least 0");
        Range rotation =
                range(draw, Key.IMAGES_DRAW_TEXT_ROTATION, x -> Math.abs(x) <= 180, "must be from -180 to 180");
        Section variation = draw.section("variation");
        List<Double> font = shares(variation, Key.IMAGES_DRAW_TEXT_VARIATION_FONT);
        List<Double> sizes = distances(variation, Key.IMAGES_DRAW_TEXT_VARIATION_SIZE);
        List<Double> strokes = distances(variation, Key.IMAGES_DRAW_TEXT_VARIATION_STROKE);
        List<Double> rotations = distances(variation, Key.IMAGES_DRAW_TEXT_VARIATION_ROTATION);
        return problems.count() > before
                ? null
                : new ImageSpec.DrawText(
                        fonts,
                        texts,
                        new DrawTextSettings(
                                width,
                                height,
                                size,
                                stroke,
                                rotation,
                                new DrawTextSettings.Degrees(
                                        new Schedule(font),
                                        Schedule.of(0),
                                        new Schedule(sizes),
                                        new Schedule(strokes),
                                        new Schedule(rotations))));
    }

    private static Range range(Section section, Key key, DoublePredicate allowed, String rule) {
        List<Double> ends = section.numberList(key, allowed, rule);
        if (ends != null && (ends.size() != 2 || ends.get(0) > ends.get(1))) {
            section.conflict(key, "must be two numbers, the least and the most");
            return null;
        }
        return ends == null ? null : new Range(ends.get(0), ends.get(1));
    }

    private static List<Double> shares(Section section, Key key) {
        return section.numberList(key, x -> x >= 0 && x <= 1, "must be from 0 to 1");
    }

    private static List<Double> distances(Section section, Key key) {
        return section.numberList(key, x -> x >= 0, "must be at least 0");
    }

    private static ImageSpec.Avatar avatar(Section avatar) {
        Integer width = avatar.integer(Key.IMAGES_AVATAR_WIDTH, 1, MAX_SIDE);
        Integer height = avatar.integer(Key.IMAGES_AVATAR_HEIGHT, 1, MAX_SIDE);
        List<Double> redraw = shares(avatar, Key.IMAGES_AVATAR_REDRAW);
        List<Double> step = shares(avatar, Key.IMAGES_AVATAR_STEP);
        return width == null || height == null || redraw == null || step == null
                ? null
                : new ImageSpec.Avatar(width, height, new Schedule(redraw), new Schedule(step));
    }

    private static ImageSpec.Pool pool(Section pool) {
        require(pool, Key.IMAGES_POOL_PATH, "name a folder of images");
        PublicFile images = TextReader.file(pool, Key.IMAGES_POOL_PATH, Key.IMAGES_POOL_SHA256);
        List<Integer> neighbors = pool.integers(Key.IMAGES_POOL_NEIGHBORS, 1, MAX_NEIGHBORS);
        if (neighbors != null && neighbors.isEmpty()) {
            pool.conflict(Key.IMAGES_POOL_NEIGHBORS, "is empty: must have at least one entry");
        }
        return neighbors == null ? null : new ImageSpec.Pool(images, neighbors);
    }

    private ImageSpec.Served served(Section api, RunSpec.Labels labels) {
        int before = problems.count();
        List<Section> entries = api.sections("endpoints");
        if (entries == null || entries.isEmpty()) {
            problems.missing("images.api.endpoints", "name at least one endpoint");
            return null;
        }
        List<ImageEndpoint> endpoints = new ArrayList<>();
        entries.forEach(entry -> endpoints.add(endpoint(entry)));
        require(api, Key.IMAGES_API_PROTOCOL, "must be webui, openai or http");
        require(api, Key.IMAGES_API_PROMPTS, "give the prompt of each label");
        require(api, Key.IMAGES_API_DEGREES, "give one or more numbers");
        Protocol protocol = api.choice(Key.IMAGES_API_PROTOCOL, Protocol.class);
        ImageProtocol spoken = spoken(api, protocol);
        Integer width = api.integer(Key.IMAGES_API_WIDTH, 1, MAX_SIDE);
        Integer height = api.integer(Key.IMAGES_API_HEIGHT, 1, MAX_SIDE);
        List<String> prompts = api.has(Key.IMAGES_API_PROMPTS) ? eachLabel(api, Key.IMAGES_API_PROMPTS, labels) : null;
        List<String> variationPrompts = api.has(Key.IMAGES_API_VARIATION_PROMPTS)
                ? eachLabel(api, Key.IMAGES_API_VARIATION_PROMPTS, labels)
                : prompts;
        List<Double> degrees = distances(api, Key.IMAGES_API_DEGREES);
        if (protocol == Protocol.WEBUI && degrees != null && degrees.stream().anyMatch(degree -> degree > 1)) {
            api.conflict(Key.IMAGES_API_DEGREES, "must be from 0 to 1 for webui");
        }
        List<Double> guidance = distances(api, Key.IMAGES_API_GUIDANCE);
        List<Integer> steps = api.integers(Key.IMAGES_API_STEPS, 1, Integer.MAX_VALUE);
        if (steps != null && steps.isEmpty()) {
            api.conflict(Key.IMAGES_API_STEPS, "is empty: must have at least one entry");
        }
        Double price = TextReader.notNegative(api, Key.IMAGES_API_PRICE_PER_IMAGE);
        Limits limits = limits(api.section("limits"));
        Retry retry = TextReader.retry(api.section("retry"));
        EndpointBudget budget = TextReader.budget(api.section("budget"));
        RejectionRule rejections = TextReader.rejections(api.section("rejections"));
        return problems.count() > before
                ? null
                : new ImageSpec.Served(
                        spoken,
                        endpoints,
                        new ImagePrompts(
                                prompts,
                                variationPrompts,
                                width,
                                height,
                                new Schedule(degrees),
                                new Schedule(guidance),
                                new Schedule(
                                        steps.stream().map(Integer::doubleValue).toList())),
                        new CallPolicy(limits, retry, budget, new Prices(0, 0, price)),
                        rejections);
    }

    /** @param protocol null if it is wrong, a problem already noted */
    private static ImageProtocol spoken(Section api, Protocol protocol) {
        if (protocol != Protocol.OPENAI) {
            for (Key key : List.of(Key.IMAGES_API_MODEL, Key.IMAGES_API_VARIATION, Key.IMAGES_API_RESPONSE_FORMAT)) {
                api.refuse(key, "it is for protocol: openai");
            }
        }
        Map<String, String> parameters = api.options(Key.IMAGES_API_PARAMETERS);
        if (protocol == null) {
            return null;
        }
        try {
            return switch (protocol) {
                case WEBUI -> new ImageProtocol.WebUi(parameters);
                case OPENAI -> openAi(api, parameters);
                case HTTP -> {
                    if (!parameters.isEmpty()) {
                        api.conflict(Key.IMAGES_API_PARAMETERS, "they are for webui and openai");
                    }
                    yield new ImageProtocol.Own();
                }
            };
        } catch (IllegalArgumentException e) {
            api.conflict(Key.IMAGES_API_PARAMETERS, e.getMessage());
            return null;
        }
    }

    private static ImageProtocol.OpenAi openAi(Section api, Map<String, String> parameters) {
        require(api, Key.IMAGES_API_MODEL, "name the model");
        String model = api.text(Key.IMAGES_API_MODEL);
        ImageProtocol.OpenAi.Variation variation =
                api.choice(Key.IMAGES_API_VARIATION, ImageProtocol.OpenAi.Variation.class);
        Boolean responseFormat = api.flag(Key.IMAGES_API_RESPONSE_FORMAT);
        return model == null || variation == null || responseFormat == null
                ? null
                : new ImageProtocol.OpenAi(model, variation, responseFormat, parameters);
    }

    private static Limits limits(Section limits) {
        Integer concurrency = limits.integer(Key.IMAGES_API_LIMITS_CONCURRENCY, 1, 10_000);
        Long requests = limits.atLeast(Key.IMAGES_API_LIMITS_REQUESTS_PER_MINUTE, 0);
        return concurrency == null || requests == null
                ? null
                : new Limits(concurrency, TextReader.perMinute(requests), OptionalLong.empty());
    }

    private static ImageEndpoint endpoint(Section entry) {
        if (entry.has(Key.IMAGES_API_ENDPOINTS_KEY_ENV)) {
            entry.refuse(Key.IMAGES_API_ENDPOINTS_KEY_FILE, "key_env is given, too: give one of the two");
        }
        String url = TextReader.url(entry);
        KeySource key = TextReader.key(
                entry.text(Key.IMAGES_API_ENDPOINTS_KEY_ENV), entry.text(Key.IMAGES_API_ENDPOINTS_KEY_FILE));
        Authorization authorization = entry.choice(Key.IMAGES_API_ENDPOINTS_AUTHORIZATION, Authorization.class);
        return url == null || authorization == null ? null : new ImageEndpoint(url, key, authorization);
    }

    /** One text a label, equal ones included. */
    private static List<String> eachLabel(Section section, Key key, RunSpec.Labels labels) {
        List<String> texts = section.textList(key);
        if (texts != null && labels != null && texts.size() != labels.names().size()) {
            section.conflict(
                    key,
                    "there are " + texts.size() + ", but " + labels.names().size()
                            + (labels.names().size() == 1 ? " label" : " labels"));
        }
        return texts;
    }

    private static void require(Section section, Key key, String rule) {
        if (!section.has(key)) {
            section.missing(key, rule);
        }
    }
}
