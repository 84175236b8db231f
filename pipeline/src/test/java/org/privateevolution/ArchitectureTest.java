package org.privateevolution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.privateevolution.evaluation.outside.ColumnProfile;
import org.privateevolution.evaluation.outside.TableCounts;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PrivateCounts;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.Electorate;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.run.ProbeLoop;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.source.WrittenTable;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.RecordsRead;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.spark.vote.VoteCount;
import org.privateevolution.spark.vote.VoteStage;

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
        // Arithmetic on what was released, and on coins that the auditor knows.
        new Arrows("audit", "java..", "org.apache.commons.math3..", ROOT + "privacy"),
        new Arrows("table", "java..", ROOT + "model.."),
        // Public rules on synthetic rows.
        new Arrows("constraint", "java..", ROOT + "model..", ROOT + "table"),
        // Reads what was released.
        new Arrows("discovery", "java..", ROOT + "model..", ROOT + "privacy"),
        new Arrows(
                "evolution",
                "java..",
                ROOT + "privacy",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "vector",
                ROOT + "estimate",
                ROOT + "table",
                ROOT + "constraint",
                ROOT + "embedding"),
        new Arrows(
                "generation",
                "java..",
                "javax.net.ssl",
                "com.fasterxml.jackson..",
                "de.kherud.llama..",
                "net.datafaker..",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "image",
                ROOT + "vector",
                ROOT + "table",
                ROOT + "constraint"),
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
                ROOT + "constraint",
                ROOT + "spi.."),
        new Arrows("report", "java..", "javax.xml.stream..", ROOT + "model.."),
        new Arrows(
                "store",
                "java..",
                "javax.crypto..",
                "com.fasterxml.jackson..",
                "org.apache.hadoop..",
                "software.amazon.awssdk..",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "privacy",
                ROOT + "config",
                ROOT + "evolution",
                ROOT + "table"),
        // The driver's loop: whatever counts votes and wherever it writes, it does so through interfaces or the store.
        new Arrows(
                "run",
                "java..",
                "com.fasterxml.jackson..",
                ROOT + "store",
                ROOT + "evolution",
                ROOT + "generation..",
                ROOT + "embedding",
                ROOT + "config",
                ROOT + "table",
                ROOT + "constraint",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "privacy"),
        // Hears of a run what a listener hears, and what is published.
        new Arrows(
                "tracking",
                "java..",
                "com.fasterxml.jackson..",
                ROOT + "run",
                ROOT + "config",
                ROOT + "spi",
                ROOT + "model..",
                ROOT + "privacy"),
    };

    /** The rooms of Spark, lowest first, each with the other rooms, {@code run} and {@code store} that it may use. */
    private static final Arrows[] ROOMS = {
        new Arrows("spark.session"),
        // Shows what a listener hears.
        new Arrows("spark.telemetry"),
        new Arrows("spark.parsing", "spark.session"),
        new Arrows("spark.source", "spark.parsing", "spark.session", "store"),
        new Arrows("spark.vectors", "spark.source", "spark.session", "store"),
        new Arrows("spark.vote", "spark.vectors", "spark.session", "run"),
        new Arrows("spark.modality", "spark.vectors", "spark.source", "spark.session", "store"),
        new Arrows("spark.table", "spark.modality", "spark.vectors", "spark.source", "spark.session", "store"),
        // Reads several tables.
        new Arrows(
                "spark.clients",
                "spark.table",
                "spark.modality",
                "spark.vectors",
                "spark.source",
                "spark.parsing",
                "spark.session",
                "store"),
        new Arrows(
                "spark.text",
                "spark.modality",
                "spark.vectors",
                "spark.source",
                "spark.parsing",
                "spark.session",
                "run",
                "store"),
        // Puts both together.
        new Arrows(
                "spark.mixed",
                "spark.text",
                "spark.table",
                "spark.modality",
                "spark.vectors",
                "spark.source",
                "spark.session",
                "run",
                "store"),
        new Arrows(
                "spark.image",
                "spark.modality",
                "spark.vectors",
                "spark.source",
                "spark.parsing",
                "spark.session",
                "run",
                "store"),
        new Arrows("spark.discovery", "spark.source", "spark.parsing", "spark.session", "run", "store"),
        // Reads real tables and images that no run declares.
        new Arrows(
                "spark.evaluation",
                "spark.clients",
                "spark.modality",
                "spark.image",
                "spark.vectors",
                "spark.source",
                "spark.parsing",
                "spark.session",
                "store"),
        // Invents what it hands to runs, and sees what they release.
        new Arrows(
                "spark.audit",
                "spark",
                "spark.modality",
                "spark.text",
                "spark.image",
                "spark.vectors",
                "spark.source",
                "spark.session",
                "run",
                "store"),
    };

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheirArrowsName() {
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

    @TestFactory
    Stream<DynamicTest> roomsOfSparkUseOnlyWhatTheirArrowsName() {
        return Arrays.stream(ROOMS)
                .map(arrows -> DynamicTest.dynamicTest(arrows.from(), () -> {
                    Set<String> allowed = new HashSet<>(Set.of(ROOT + arrows.from()));
                    Arrays.stream(arrows.to()).map(ROOT::concat).forEach(allowed::add);
                    classes()
                            .that()
                            .resideInAPackage(ROOT + arrows.from())
                            .should(new ArchCondition<>("use no other room") {
                                @Override
                                public void check(JavaClass type, ConditionEvents events) {
                                    type.getDirectDependenciesFromSelf().stream()
                                            .filter(use -> isRoom(use.getTargetClass()))
                                            .filter(use -> !allowed.contains(
                                                    use.getTargetClass().getPackageName()))
                                            .forEach(use -> events.add(
                                                    SimpleConditionEvent.violated(use, use.getDescription())));
                                }
                            })
                            .check(CLASSES);
                }));
    }

    private static boolean isRoom(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + "spark")
                || type.getPackageName().equals(ROOT + "run")
                || type.getPackageName().equals(ROOT + "store");
    }

    @Test
    void everyRoomOfSparkHasItsArrows() {
        Set<String> rooms = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "spark."))
                .collect(Collectors.toSet());

        assertThat(rooms)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ROOMS).map(room -> ROOT + room.from()).toList());
    }

    @Test
    void onlySparkImportsSparkAndOnlySparkAndTheStoreImportHadoop() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "spark..", ROOT + "spi.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "spark..", ROOT + "store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..")
                .check(CLASSES);
    }

    /** Counts leave by one door: charged, then noised. */
    @Test
    void onlyPrivateReleasesChargesAndReleases() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "privacy")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "run.PrivateReleases")
                .should()
                .callMethodWhere(call(VoteHistogram.class, "release"))
                .orShould()
                .callMethodWhere(call(PartitionHistogram.class, "release"))
                .orShould()
                .callMethodWhere(call(PrivateCounts.class, "release"))
                .orShould()
                .callMethodWhere(call(Ledger.class, "charge"))
                .orShould()
                .callMethodWhere(call(Ledger.class, "publish"))
                .check(CLASSES);
        onlyUsedIn(
                DiscreteGaussian.class,
                "privacy",
                "run.PrivateReleases",
                "spark.PrivateEvolution",
                "spark.discovery.Discovery");
    }

    /** It charges and commits what no run may go on from. */
    @Test
    void onlyAuditsProbe() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "spark.audit")
                .should()
                .callMethodWhere(call(PrivateEvolution.class, "probe"))
                .check(CLASSES);
        onlyUsedIn(ProbeLoop.class, "run", "spark.audit", "spark.PrivateEvolution");
    }

    /** What must be public, because Spark wants it so or another room uses it, and is still nobody else's. */
    @Test
    void whatHoldsPrivateDataStaysInItsRooms() {
        onlyUsedIn(VoteHistogram.class, "privacy", "run", "spark.vote");
        onlyUsedIn(PartitionHistogram.class, "privacy", "spark.discovery");
        onlyUsedIn(Electorate.class, "run", "spark.vote", "spark.PrivateEvolution");
        onlyUsedIn(VoteCount.class, "spark.vote");
        onlyUsedIn(VoteStage.class, "spark.vote", "spark.PrivateEvolution");
        onlyUsedIn(VectorBlock.class, "spark.vectors", "spark.vote");
        onlyUsedIn(RecordsRead.class, "spark.vectors", "spark.vote");
        onlyUsedIn(
                PrivateReleases.class,
                "run",
                "spark.PrivateEvolution",
                "spark.discovery.Discovery",
                "spark.discovery.RunDiscovery");
        onlyUsedIn(TableCounts.class, "evaluation.outside", "spark.evaluation");
        onlyUsedIn(ColumnProfile.class, "evaluation.outside", "spark.evaluation");
        onlyUsedIn(WrittenTable.class, "spark.source", "spark.evaluation");
        onlyUsedIn(
                PrivateStore.class,
                "spark.vectors",
                // Hands it to the rooms below.
                "spark.modality.Room",
                "spark.table",
                "spark.clients",
                "spark.text",
                "spark.mixed",
                "spark.image",
                "spark.Modalities",
                "spark.PrivateEvolution",
                "spark.StartupChecks");
    }

    /** @param users packages, or classes with all that they enclose */
    private static void onlyUsedIn(Class<?> type, String... users) {
        Set<String> allowed = Arrays.stream(users).map(ROOT::concat).collect(Collectors.toSet());
        classes()
                .that()
                .belongToAnyOf(type)
                .should()
                .onlyHaveDependentClassesThat(DescribedPredicate.describe(
                        "are in " + allowed,
                        user -> allowed.contains(user.getPackageName())
                                || allowed.contains(user.getName().replaceFirst("\\$.*", ""))))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaMethodCall> call(Class<?> owner, String method) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + method,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(method));
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

    /**
     * In many locales digits are not ASCII, so the names of files and of releases in the ledger would not be found
     * again.
     */
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
        for (String slices : new String[] {"(*)..", "spark.(*)"}) {
            SlicesRuleDefinition.slices()
                    .matching(ROOT + slices)
                    .should()
                    .beFreeOfCycles()
                    .check(CLASSES);
        }
    }
}
