package io.berth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.berth.core.planted.CoreThatKnowsTheCommandLine;
import io.berth.core.planted.CoreThatParsesXmlItself;
import io.berth.core.planted.CoreThatRunsACommand;
import io.berth.core.planted.CoreThatRunsACommandTheOldWay;
import io.berth.core.planted.CoreThatSpeaksSql;
import io.berth.driver.planted.DriverApiWithALibrary;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final JavaClasses BERTH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Once packaged, what tests lend each other is a jar, which the line above knows nothing of.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.berth");

    static Stream<ArchRule> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theModulesKeepTo(ArchRule rule) {
        rule.allowEmptyShould(true).check(BERTH);
    }

    /** Without this a rule over a misspelt package would hold for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "driver",
                "core",
                "journal.sqlite",
                "transport",
                "storage.loop",
                "storage.ceph",
                "storage.script",
                "hypervisor.libvirt",
                "hypervisor.script",
                "engine",
                "opennebula",
                "cli",
                "tck",
                "simulator",
                "lab",
                "bench"
            })
    void theTestSeesTheModule(String name) {
        assertThat(BERTH.containPackage("io.berth." + name)).isTrue();
    }

    @Test
    void everyPackageIsNullMarked() {
        var packages = BERTH.stream().map(JavaClass::getPackage).distinct();

        assertThat(packages)
                .allSatisfy(it -> assertThat(it.isAnnotatedWith(NullMarked.class))
                        .as(it.getName())
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CoreThatKnowsTheCommandLine.class,
                CoreThatParsesXmlItself.class,
                CoreThatRunsACommand.class,
                CoreThatRunsACommandTheOldWay.class,
                CoreThatSpeaksSql.class,
                DriverApiWithALibrary.class
            })
    void aPlantedOffenderIsCaughtByExactlyOneRule(Class<?> offender) {
        var planted = new ClassFileImporter().importClasses(offender);

        assertThat(Rules.all())
                .filteredOn(
                        rule -> rule.allowEmptyShould(true).evaluate(planted).hasViolation())
                .hasSize(1);
    }
}
