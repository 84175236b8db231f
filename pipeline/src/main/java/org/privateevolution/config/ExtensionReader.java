package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.spi.Content;
import org.privateevolution.spi.EmbedderProvider;
import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.ImageEncoderProvider;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.OptionException;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.UnknownExtensionException;
import org.privateevolution.spi.spark.OutsideMetricProvider;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** Reads which extensions a configuration names, and has them check their options. */
final class ExtensionReader {

    static final String NAME = "name";
    static final String VERSION = "version";
    static final String OPTIONS = "options";
    static final String GIVEN = "given";

    private static final Set<String> KEYS = Set.of(NAME, VERSION, OPTIONS);
    private static final Set<String> GENERATOR_KEYS = Set.of(NAME, VERSION, OPTIONS, GIVEN);

    private final Problems problems;

    ExtensionReader(Problems problems) {
        this.problems = problems;
    }

    /** Null if it is wrong, a problem noted. */
    ForeignGenerator generator(Section section, Key key, Content content) {
        Map<String, Node> entries = entries(section.path(key), section.value(key), GENERATOR_KEYS);
        if (entries == null) {
            return null;
        }
        String path = section.path(key);
        if (entries.containsKey(GIVEN)) {
            String name = text(path, GIVEN, entries);
            if (entries.size() > 1) {
                problems.add(path, "give either " + GIVEN + " or " + NAME + ", with its options");
                return null;
            }
            return name == null ? null : new ForeignGenerator.Given(name);
        }
        return read(path, entries, Extensions.of(GeneratorProvider.class), (provider, options) -> {
            if (!provider.makes().contains(content)) {
                throw new UnknownExtensionException(provider.name() + " makes no " + Word.of(content));
            }
            provider.create(options);
        });
    }

    /** Null if it is wrong, a problem noted. */
    ExtensionSpec embedder(Section section, Key key) {
        return read(
                section.path(key),
                section.value(key),
                Extensions.of(EmbedderProvider.class),
                (provider, options) -> provider.create(options));
    }

    /** Null if it is wrong, a problem noted. */
    ExtensionSpec imageEncoder(Section section, Key key) {
        return read(
                section.path(key),
                section.value(key),
                Extensions.of(ImageEncoderProvider.class),
                (provider, options) -> provider.create(options));
    }

    /** @param privateMetrics whether metrics may be outside the guarantee */
    List<ExtensionSpec> metrics(Section section, Key key, boolean privateMetrics) {
        Node node = section.value(key);
        if (Node.isNull(node)) {
            return List.of();
        }
        if (!(node instanceof Node.Items items)) {
            problems.refused(section.path(key), node, "must be a list of maps with name and options");
            return List.of();
        }
        List<ExtensionSpec> metrics = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            String path = section.path(key) + "." + i;
            ExtensionSpec metric = metric(path, items.nodes().get(i), privateMetrics);
            if (metric != null
                    && metrics.stream().anyMatch(other -> other.name().equals(metric.name()))) {
                problems.add(path, metric.name() + " stands there twice: its figures could not be told apart");
            } else if (metric != null) {
                metrics.add(metric);
            }
        }
        return metrics;
    }

    private ExtensionSpec metric(String path, Node node, boolean privateMetrics) {
        Map<String, Node> entries = entries(path, node, KEYS);
        if (entries == null) {
            return null;
        }
        Extensions<OutsideMetricProvider> outside = Extensions.of(OutsideMetricProvider.class);
        String name = entries.get(NAME) instanceof Node.Scalar scalar ? scalar.text() : null;
        if (name == null || !outside.has(name)) {
            return read(
                    path,
                    entries,
                    Extensions.of(MetricProvider.class),
                    (provider, options) -> provider.create(options));
        }
        if (!privateMetrics) {
            problems.add(
                    path + "." + NAME,
                    name + " is not allowed: it compares with the private data, outside the guarantee: set "
                            + Key.EVALUATION_PRIVATE_METRICS.path() + ": true, or take it out");
        }
        return read(path, entries, outside, (provider, options) -> provider.create(options));
    }

    /**
     * The version of the extension that brings a format; null if there is something wrong, a problem noted.
     *
     * @param section of the private data
     */
    String sourceFormat(Section section, String format, Map<String, String> options) {
        Extensions<SourceFormatProvider> formats = Extensions.of(SourceFormatProvider.class);
        return resolved(
                section.path(Key.PRIVATE_DATA_FORMAT),
                section.path(Key.PRIVATE_DATA_OPTIONS),
                section.path(Key.PRIVATE_DATA_FORMAT_VERSION),
                new ExtensionSpec(
                        format,
                        section.has(Key.PRIVATE_DATA_FORMAT_VERSION)
                                ? section.text(Key.PRIVATE_DATA_FORMAT_VERSION)
                                : "",
                        Map.copyOf(options)),
                formats,
                (provider, given) -> provider.create(given));
    }

    private <P extends Extension> ExtensionSpec read(
            String path, Node node, Extensions<P> extensions, BiConsumer<P, Options> check) {
        Map<String, Node> entries = entries(path, node, KEYS);
        return entries == null ? null : read(path, entries, extensions, check);
    }

    private <P extends Extension> ExtensionSpec read(
            String path, Map<String, Node> entries, Extensions<P> extensions, BiConsumer<P, Options> check) {
        int before = problems.count();
        String name = text(path, NAME, entries);
        String declared = entries.containsKey(VERSION) ? text(path, VERSION, entries) : "";
        Map<String, Object> options = options(path + "." + OPTIONS, entries.get(OPTIONS));
        if (problems.count() > before) {
            return null;
        }
        ExtensionSpec spec = new ExtensionSpec(name, declared, options);
        String version =
                resolved(path + "." + NAME, path + "." + OPTIONS, path + "." + VERSION, spec, extensions, check);
        return version == null ? null : new ExtensionSpec(name, version, options);
    }

    private <P extends Extension> String resolved(
            String namePath,
            String optionsPath,
            String versionPath,
            ExtensionSpec spec,
            Extensions<P> extensions,
            BiConsumer<P, Options> check) {
        try {
            P provider = extensions.named(spec.name());
            Options options = new Options(spec.options());
            check.accept(provider, options);
            options.unread()
                    .forEach(unknown -> problems.add(
                            optionsPath + "." + unknown,
                            "is not an option of " + spec.name()
                                    + (options.known().isEmpty()
                                            ? ", which has none"
                                            : "; did you mean " + NearestKey.of(unknown, options.known())
                                                    + "? Its options: " + String.join(", ", options.known()))));
            if (provider.version() == null || provider.version().isBlank()) {
                problems.add(namePath, "the extension " + spec.name() + " states no version: it must have one");
                return null;
            }
            if (!spec.version().isEmpty() && !spec.version().equals(provider.version())) {
                problems.add(
                        versionPath,
                        spec.version() + " is not the version of " + spec.name() + " on the class path, which is "
                                + provider.version() + ": put the jar of that version there, or take it out");
                return null;
            }
            return options.unread().isEmpty() ? provider.version() : null;
        } catch (OptionException e) {
            problems.add(optionsPath + "." + e.option(), e.problem());
        } catch (UnknownExtensionException e) {
            problems.add(namePath, e.getMessage());
        } catch (Exception | LinkageError e) {
            problems.add(
                    namePath,
                    "the extension " + spec.name() + " failed: " + e.getClass().getName()
                            + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
        return null;
    }

    /** Null if it is no map of these keys. */
    private Map<String, Node> entries(String path, Node node, Set<String> keys) {
        List<String> known = keys.stream().sorted().toList();
        if (!(node instanceof Node.Mapping map)) {
            problems.refused(path, node, "must be a map of the keys " + String.join(", ", known));
            return null;
        }
        int before = problems.count();
        Map<String, Node> entries = new LinkedHashMap<>();
        map.entries().forEach((name, value) -> {
            if (!keys.contains(name)) {
                problems.add(
                        path + "." + name,
                        "is not a key; did you mean " + path + "." + NearestKey.of(name, known) + "? Keys in " + path
                                + ": " + String.join(", ", known)
                                + map.keyOrigins().get(name));
            } else if (!Node.isNull(value)) {
                entries.put(name, value);
            }
        });
        if (problems.count() == before && !entries.containsKey(NAME) && !entries.containsKey(GIVEN)) {
            problems.missing(path + "." + NAME, "name the extension");
        }
        return problems.count() > before ? null : entries;
    }

    private String text(String path, String name, Map<String, Node> entries) {
        Node node = entries.get(name);
        if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        problems.refused(path + "." + name, node, "must be a single value that is not blank");
        return null;
    }

    private Map<String, Object> options(String path, Node node) {
        Map<String, Object> options = new TreeMap<>();
        if (node == null) {
            return options;
        }
        if (!(node instanceof Node.Mapping map)) {
            problems.refused(path, node, "must be a map");
            return options;
        }
        map.entries().forEach((name, value) -> {
            if (RedactedOptions.isSecret(name)) {
                problems.add(
                        path + "." + name,
                        "is not allowed: it is a secret by its name, and options are published: have the extension read"
                                + " it from the environment");
            } else if (value instanceof Node.Scalar scalar && scalar.text() != null) {
                options.put(name, scalar.text());
            } else if (value instanceof Node.Items items
                    && items.nodes().stream().allMatch(ExtensionReader::isText)) {
                options.put(
                        name,
                        items.nodes().stream()
                                .map(item -> ((Node.Scalar) item).text())
                                .toList());
            } else if (!Node.isNull(value)) {
                problems.refused(path + "." + name, value, "must be a single value, or a list of them");
            }
        });
        return options;
    }

    private static boolean isText(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text() != null;
    }
}
