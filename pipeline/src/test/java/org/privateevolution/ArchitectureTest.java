package org.privateevolution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between packages: each may use only what is named here. */
class ArchitectureTest {

    private static final String ROOT = "org.privateevolution.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.privateevolution");

    private record Arrows(String from, String... to) {}

    private static final Arrows[] ALLOWED = {
        new Arrows("privacy", "java..", "javax.annotation..", "org.apache.commons.math3.."),
        new Arrows("vector", "java..", "jdk.incubator.vector.."),
        // The run specification speaks of units, adjacency and metrics: those words belong to their packages.
        new Arrows("model", "java..", ROOT + "privacy", ROOT + "vector"),
        // Explains released numbers by public points, and reaches nothing else.
        new Arrows("estimate", "java..", ROOT + "model..", ROOT + "vector"),
        // What is implemented on Spark is in a package of its own: onlySparkImportsSpark.
        new Arrows("spi", "java..", "org.apache.spark.sql..", ROOT + "model..", ROOT + "privacy"),
        new Arrows("image", "java..", "javax.imageio..", ROOT + "model.."),
        new Arrows("table", "java..", ROOT + "model.."),
        new Arrows(
                "evolution",
                "java..",
                ROOT + "privacy",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "vector",
                ROOT + "estimate",
                ROOT + "table",
                ROOT + "embedding"),
        new Arrows(
                "generation",
                "java..",
                "javax.net.ssl",
                "com.fasterxml.jackson..",
                "de.kherud.llama..",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "image",
                ROOT + "vector"),
        new Arrows(
                "embedding",
                "java..",
                "ai.onnxruntime..",
                "ai.djl.huggingface..",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "image"),
        new Arrows("evaluation", "java..", ROOT + "vector", ROOT + "spi", ROOT + "model..", ROOT + "table"),
        // Extensions check their own options while a configuration is read.
        new Arrows(
                "config",
                "java..",
                "com.fasterxml.jackson..",
                ROOT + "model..",
                ROOT + "privacy",
                ROOT + "vector",
                ROOT + "spi.."),
        new Arrows("report", "java..", "javax.xml.stream..", ROOT + "model.."),
    };

    @TestFactory
    java.util.stream.Stream<DynamicTest> packagesUseOnlyWhatTheirArrowsName() {
        return Arrays.stream(ALLOWED)
                .map(arrows -> DynamicTest.dynamicTest(arrows.from(), () -> {
                    String[] allowed = Arrays.copyOf(arrows.to(), arrows.to().length + 1);
                    allowed[allowed.length - 1] = ROOT + arrows.from() + "..";
                    classes()
                            .that()
                            .resideInAPackage(ROOT + arrows.from() + "..")
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage(allowed)
                            .check(CLASSES);
                }));
    }

    @Test
    void onlySparkImportsSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "spark..", ROOT + "spi.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(CLASSES);
    }

    @Test
    void privacyUsesNoOtherRandomnessThanSecureRandomAndNoLogger() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "privacy")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.belongToAnyOf(
                        java.util.Random.class,
                        java.util.SplittableRandom.class,
                        java.util.concurrent.ThreadLocalRandom.class))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.random..",
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.apache.commons.math3.random..",
                        "org.apache.commons.math3.distribution..")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** In many locales digits are not ASCII: names of files, and of releases in the ledger, would not be found again. */
    @Test
    void nothingIsFormattedByTheLocaleOfTheMachine() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
