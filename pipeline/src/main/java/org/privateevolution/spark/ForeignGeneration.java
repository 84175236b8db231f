package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.CheckedGeneration;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spark.store.StoredImages;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.Options;

/** A run's generator that this project does not bring: an extension, or one that a program gives. */
final class ForeignGeneration {

    /** A sample that it rejects is asked for again, and a few may be left out. */
    static final RejectionRule REJECTIONS = new RejectionRule(3, 0.1);

    private final RunSpec spec;
    private final String name;
    private final Generator generator;

    private ForeignGeneration(RunSpec spec, String name, Generator generator) {
        this.spec = spec;
        this.name = name;
        this.generator = generator;
    }

    /**
     * The generator of a run.
     *
     * @param given by the program; null if it gives none
     * @return empty if the run has one of this project
     * @throws ConfigurationException if one is given and the configuration does not say so, or the other way round
     */
    static Optional<ForeignGeneration> of(RunSpec spec, Generator given) {
        Optional<ForeignGenerator> declared = declared(spec);
        boolean expected = declared.orElse(null) instanceof ForeignGenerator.Given;
        if (expected != (given != null)) {
            String key = key(spec);
            throw new ConfigurationException(List.of(
                    expected
                            ? key + ".given: no generator is given: only a program or notebook can"
                            : key + " does not say that a generator is given: set it to {given: NAME}, with a"
                                    + " public name"));
        }
        return declared.map(generator -> generator instanceof ExtensionSpec extension
                ? new ForeignGeneration(spec, extension.name(), created(extension))
                : new ForeignGeneration(spec, ((ForeignGenerator.Given) generator).name(), given));
    }

    /** What the configuration says; empty if it names a generator of this project. */
    static Optional<ForeignGenerator> declared(RunSpec spec) {
        if (spec.modality() instanceof RunSpec.Tabular tabular) {
            return tabular.generator();
        }
        Object generator =
                spec.modality() instanceof TextSpec text ? text.generator() : ((ImageSpec) spec.modality()).generator();
        return generator instanceof ForeignGenerator foreign ? Optional.of(foreign) : Optional.empty();
    }

    private static String key(RunSpec spec) {
        return (spec.modality() instanceof TextSpec
                        ? "text"
                        : spec.modality() instanceof ImageSpec ? "images" : "tabular")
                + ".generation";
    }

    private static Generator created(ExtensionSpec extension) {
        return Extensions.of(GeneratorProvider.class).named(extension.name()).create(new Options(extension.options()));
    }

    /** @param store the run's store, for images */
    GenerationApi open(RunFiles store) {
        return CheckedGeneration.open(name, generator, context(store));
    }

    private GenerationContext context(RunFiles store) {
        List<String> labels = spec.labels().names();
        if (spec.modality() instanceof TextSpec) {
            return new GenerationContext.Texts(labels);
        }
        return spec.modality() instanceof ImageSpec
                ? new GenerationContext.Images(labels, new StoredImages(store))
                : new GenerationContext.Rows(labels, spec.tabular().schema());
    }
}
