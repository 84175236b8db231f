package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.spi.Content;
import org.privateevolution.spi.EmbedderProvider;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.ImageEncoderProvider;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.UnknownExtensionException;
import org.privateevolution.spi.spark.OutsideMetricProvider;

/**
 * The type of a setting that names an extension and gives its options.
 *
 * @param reading returns null if the extension is wrong, after noting a problem
 * @param writing returns the map that {@code reading} reads as the same extension
 */
record ExtensionType<T>(
        String prose, Map<String, Object> schema, Function<Given, T> reading, Function<T, Map<String, Object>> writing)
        implements Type<T> {

    private static final String MAP = "map of `name`, `options` and `version`";
    private static final Map<String, Object> TEXT = Map.of("type", List.of("string", "number", "boolean"));

    /**
     * A generator of some kind of content, either from a jar or given by the program or notebook that starts the run.
     */
    static ExtensionType<ForeignGenerator> generator(Content content) {
        Map<String, Object> given = map(Map.of(ExtensionReader.GIVEN, TEXT), ExtensionReader.GIVEN);
        return new ExtensionType<>(
                MAP + ", or of `given`",
                Map.of("anyOf", List.of(named(), given)),
                value -> generator(value, content),
                generator -> generator instanceof ForeignGenerator.Named named
                        ? written(named.extension())
                        : Map.of(ExtensionReader.GIVEN, ((ForeignGenerator.Given) generator).name()));
    }

    private static ForeignGenerator generator(Given value, Content content) {
        Map<String, Given> entries = ExtensionReader.entries(value, ExtensionReader.GENERATOR_KEYS);
        if (entries == null) {
            return null;
        }
        if (entries.containsKey(ExtensionReader.GIVEN)) {
            return given(value, entries);
        }
        ExtensionSpec extension =
                ExtensionReader.read(value, entries, Extensions.of(GeneratorProvider.class), (provider, options) -> {
                    if (!provider.makes().contains(content)) {
                        throw new UnknownExtensionException(provider.name() + " makes no " + Word.of(content));
                    }
                    provider.create(options);
                });
        return extension == null ? null : new ForeignGenerator.Named(extension);
    }

    private static ForeignGenerator given(Given value, Map<String, Given> entries) {
        String name = ExtensionReader.text(entries.get(ExtensionReader.GIVEN));
        if (entries.size() > 1) {
            return value.problem(
                    "give either " + ExtensionReader.GIVEN + " or " + ExtensionReader.NAME + ", with its options");
        }
        return name == null ? null : new ForeignGenerator.Given(name);
    }

    static ExtensionType<ExtensionSpec> embedder() {
        return extension((value, entries) -> ExtensionReader.read(
                value,
                entries,
                Extensions.of(EmbedderProvider.class),
                (provider, options) -> provider.create(options)));
    }

    static ExtensionType<ExtensionSpec> imageEncoder() {
        return extension((value, entries) -> ExtensionReader.read(
                value,
                entries,
                Extensions.of(ImageEncoderProvider.class),
                (provider, options) -> provider.create(options)));
    }

    /** A metric within or outside the guarantee. */
    static ExtensionType<ExtensionSpec> metric() {
        return extension((value, entries) -> {
            Extensions<OutsideMetricProvider> outside = Extensions.of(OutsideMetricProvider.class);
            Given name = entries.get(ExtensionReader.NAME);
            return name.node() instanceof Node.Scalar scalar && outside.has(scalar.text())
                    ? ExtensionReader.read(value, entries, outside, (provider, options) -> provider.create(options))
                    : ExtensionReader.read(
                            value,
                            entries,
                            Extensions.of(MetricProvider.class),
                            (provider, options) -> provider.create(options));
        });
    }

    private static ExtensionType<ExtensionSpec> extension(
            BiFunction<Given, Map<String, Given>, ExtensionSpec> reading) {
        return new ExtensionType<>(
                MAP,
                named(),
                value -> {
                    Map<String, Given> entries = ExtensionReader.entries(value, ExtensionReader.KEYS);
                    return entries == null ? null : reading.apply(value, entries);
                },
                ExtensionType::written);
    }

    private static Map<String, Object> written(ExtensionSpec extension) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(ExtensionReader.NAME, extension.name());
        map.put(ExtensionReader.VERSION, extension.version());
        map.put(ExtensionReader.OPTIONS, extension.options());
        return map;
    }

    private static Map<String, Object> named() {
        Map<String, Object> list = new TreeMap<>(Map.of("type", "array", "items", TEXT));
        List<Object> option = List.of(TEXT, list, Map.of("type", "null"));
        Map<String, Object> options = new TreeMap<>(
                Map.of("type", List.of("object", "null"), "additionalProperties", Map.of("anyOf", option)));
        Map<String, Object> version = Map.of("type", List.of("string", "number", "boolean", "null"));
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(ExtensionReader.NAME, TEXT);
        keys.put(ExtensionReader.OPTIONS, options);
        keys.put(ExtensionReader.VERSION, version);
        return map(keys, ExtensionReader.NAME);
    }

    private static Map<String, Object> map(Map<String, Object> keys, String required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", keys);
        schema.put("additionalProperties", false);
        schema.put("required", List.of(required));
        return schema;
    }

    @Override
    public T read(Given given) {
        return reading.apply(given);
    }

    @Override
    public Object written(T value) {
        return writing.apply(value);
    }
}
