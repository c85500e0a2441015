package io.berth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** What the modules may know of each other, and which dangerous classes belong to one place only. */
final class Rules {

    private static final String DRIVER_API = "io.berth.driver..";
    private static final String CORE = "io.berth.core..";
    private static final String JOURNAL = "io.berth.journal..";
    private static final String TRANSPORT = "io.berth.transport..";
    private static final String SCRIPTS = "io.berth.transport.script..";
    private static final String STORAGE = "io.berth.storage..";
    private static final String HYPERVISOR = "io.berth.hypervisor..";
    private static final String ENGINE = "io.berth.engine..";
    private static final String OPENNEBULA = "io.berth.opennebula..";
    private static final String SERVER = "io.berth.server..";
    private static final String CLI = "io.berth.cli..";
    private static final String TCK = "io.berth.tck..";
    private static final String SIMULATOR = "io.berth.simulator..";
    private static final String LAB = "io.berth.lab..";
    private static final String BENCH = "io.berth.bench..";

    private static final String XML = "io.berth.driver.xml.Xml";

    private Rules() {}

    static Stream<ArchRule> all() {
        return Stream.of(arrowsDownward(), ofBorders(), ofDangerousClasses()).flatMap(List::stream);
    }

    /** Each line: a module, then everything of Berth that it may use. */
    private static List<ArchRule> arrowsDownward() {
        return List.of(
                mayUse(DRIVER_API),
                mayUse(CORE, DRIVER_API),
                mayUse(JOURNAL, CORE, DRIVER_API),
                mayUse(TRANSPORT, DRIVER_API),
                mayUse(STORAGE, DRIVER_API),
                mayUse(HYPERVISOR, DRIVER_API),
                mayUse(TCK, DRIVER_API),
                mayUse(SIMULATOR, CORE, DRIVER_API),
                mayUse(ENGINE, CORE, DRIVER_API, JOURNAL, TRANSPORT, STORAGE, HYPERVISOR),
                // Of the transport only what runs a site's scripts.
                mayUse(OPENNEBULA, ENGINE, CORE, DRIVER_API, SCRIPTS),
                // The facade's own classes, whether it is asked here or from another process; no driver.
                mayUse(SERVER, ENGINE, CORE, DRIVER_API),
                // The command line sees the engine's facade and the values it speaks in, and no driver.
                mayUse(CLI, ENGINE, SERVER, OPENNEBULA, CORE, DRIVER_API));
    }

    private static List<ArchRule> ofBorders() {
        return List.of(
                classes()
                        .that(resideInAPackage(DRIVER_API))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                DRIVER_API,
                                "java..",
                                "javax.xml..",
                                "org.w3c.dom..",
                                "org.xml.sax..",
                                "org.jspecify.."))
                        .because("a driver author needs driver-api and the JDK, and nothing else"),
                noClasses()
                        .that(resideInAPackage(CORE))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("java.sql..", "org.sqlite..", "org.jdbi..", "io.berth.opennebula.."))
                        .because("core is handed a journal and drivers, it never chooses one"));
    }

    private static List<ArchRule> ofDangerousClasses() {
        return List.of(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(XML)
                        .and()
                        .haveNameNotMatching(XML.replace(".", "\\.") + "\\$.*")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "javax\\.xml\\..*\\.(DocumentBuilderFactory|SAXParserFactory|XMLInputFactory|TransformerFactory)")
                        .because("a default XML parser reads any file that a hostile document names"),
                noClasses()
                        .that(not(resideInAnyPackage(TRANSPORT, LAB, BENCH)))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(ProcessBuilder.class.getName())
                        .orShould()
                        .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))))
                        .because("commands have deadlines, bounded output and quoting in the transport alone"));
    }

    private static ArchRule mayUse(String module, String... others) {
        var allowed = Stream.concat(Stream.of(module), Stream.of(others)).toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(module))
                .should()
                .dependOnClassesThat(resideInAPackage("io.berth..").and(not(resideInAnyPackage(allowed))))
                .as(module + " uses nothing of Berth but " + List.of(others));
    }
}
