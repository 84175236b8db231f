package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.CheckedGeneration;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.GeneratorProvider;
import org.privateevolution.spi.Options;

/** A generator from outside this project: an extension's, or one that the calling program provides. */
final class ForeignGeneration {

    /** A sample that the generator rejects is requested again, and a few samples may be left out. */
    static final RejectionRule REJECTIONS = new RejectionRule(3, 0.1);

    private final String name;
    private final Generator generator;

    private ForeignGeneration(String name, Generator generator) {
        this.name = name;
        this.generator = generator;
    }

    /**
     * The generator of a run.
     *
     * @param given generator that the program provides; null if there is none
     * @return empty if the run uses one of this project's generators
     * @throws ConfigurationException if a generator is given but not declared, or declared but not given
     */
    static Optional<ForeignGeneration> of(RunSpec spec, Generator given) {
        Optional<ForeignGenerator> declared = spec.modality().foreignGenerator();
        boolean expected = declared.orElse(null) instanceof ForeignGenerator.Given;
        if (expected != (given != null)) {
            String key = spec.modality().section() + ".generation";
            throw new ConfigurationException(List.of(
                    expected
                            ? key + ".given: no generator was provided; only a program or notebook can provide one"
                            : key + " does not say that a generator is given: set it to {given: NAME}, with a"
                                    + " public name"));
        }
        return declared.map(generator -> generator instanceof ForeignGenerator.Named named
                ? new ForeignGeneration(named.extension().name(), created(named.extension()))
                : new ForeignGeneration(((ForeignGenerator.Given) generator).name(), given));
    }

    private static Generator created(ExtensionSpec extension) {
        return Extensions.of(GeneratorProvider.class).named(extension.name()).create(new Options(extension.options()));
    }

    /** @param context the run to make samples for */
    GenerationApi open(GenerationContext context) {
        return CheckedGeneration.open(name, generator, context);
    }
}
