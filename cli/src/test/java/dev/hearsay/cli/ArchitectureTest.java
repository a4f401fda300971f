package dev.hearsay.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom, and the purity of what must be deterministic. See docs/architecture.md. */
class ArchitectureTest {

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.hearsay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "core : wire,sim,learn,live,web,cli,bench",
                "wire : sim,learn,live,web,cli,bench",
                "sim : wire,learn,live,web,cli,bench",
                "learn : live,web,cli,bench",
                "live : sim,learn,web,cli,bench",
                "web : cli,bench",
                "cli : bench"
            })
    void modulesImportOnlyWhatLiesBelowThem(String module, String forbidden) {
        String[] packages = Set.of(forbidden.split(",")).stream()
                .map(name -> "dev.hearsay." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"membership", "overlay", "spread", "detect"})
    void partsKnowTheVocabularyAndNotEachOther(String part) {
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay.core." + part)
                .should()
                .dependOnClassesThat(
                        are(otherThan("dev.hearsay.core", "dev.hearsay.core.math", "dev.hearsay.core." + part)))
                .check(classes);
    }

    @Test
    void tallyAndVocabularyKnowNoPart() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.hearsay.core", "dev.hearsay.core.math")
                .should()
                .dependOnClassesThat(are(otherThan("dev.hearsay.core", "dev.hearsay.core.math")))
                .check(classes);
    }

    /** Each part of the dashboard, and the parts that it may know. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "http : http",
                "journal : journal,http",
                "picture : picture,journal,http",
                "members : members,picture",
                "faults : faults,picture,http",
                "recordings : recordings,http",
                "watch : watch,members,picture"
            })
    void partsOfTheDashboardKnowOnlyThoseBelowThem(String part, String known) {
        DescribedPredicate<JavaClass> forbidden = resideInAPackage("dev.hearsay.web..");
        for (String name : Set.of(known.split(","))) {
            forbidden = forbidden.and(DescribedPredicate.not(resideInAPackage("dev.hearsay.web." + name)));
        }
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay.web." + part)
                .should()
                .dependOnClassesThat(are(forbidden.as("in another part of the dashboard")))
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> otherThan(String... packages) {
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.alwaysFalse();
        for (String name : packages) {
            allowed = allowed.or(resideInAPackage(name));
        }
        return resideInAPackage("dev.hearsay..")
                .and(DescribedPredicate.not(allowed))
                .as("in another package of core");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "sim"})
    void deterministicCodeTouchesNothingOutside(String module) {
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent..",
                        "java.util.random..",
                        "java.util.regex..",
                        "java.util.logging..",
                        "java.security..",
                        "java.net..",
                        "java.nio..",
                        "java.time..",
                        "java.text..",
                        "java.io..",
                        "java.lang.reflect..",
                        "java.lang.invoke..",
                        "java.lang.management..",
                        "javax..",
                        "com..",
                        "io..",
                        "org.slf4j..")
                .check(classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core..", "sim..", "learn"})
    void deterministicCodeHasNoClockThreadOrLuckOfItsOwn(String packages) {
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay." + packages)
                .should()
                .dependOnClassesThat(are(named(
                        "java.lang.Thread",
                        "java.lang.ThreadLocal",
                        "java.lang.Runtime",
                        "java.lang.Process",
                        "java.lang.ProcessBuilder",
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.util.UUID",
                        "java.util.Timer",
                        "java.util.Date",
                        "java.util.Locale",
                        "java.util.Formatter",
                        "java.util.ServiceLoader")))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.hearsay." + packages)
                .should()
                .accessTargetWhere(forbiddenAccess())
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> forbidden = Set.of(names);
        return DescribedPredicate.describe("ambient", javaClass -> forbidden.contains(javaClass.getFullName()));
    }

    private static DescribedPredicate<JavaAccess<?>> forbiddenAccess() {
        Set<String> forbidden = Set.of(
                "java.lang.System.nanoTime",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.lang.System.identityHashCode",
                "java.lang.System.out",
                "java.lang.System.err",
                "java.lang.Math.random",
                "java.lang.String.format",
                "java.lang.String.formatted",
                "java.lang.Class.forName",
                "java.util.Collections.shuffle");
        return DescribedPredicate.describe(
                "ambient state",
                access -> forbidden.contains(access.getTargetOwner().getFullName() + "." + access.getName()));
    }
}
