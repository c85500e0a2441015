package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.engine.Engine;
import io.berth.engine.Finding;
import io.berth.engine.HostView;
import io.berth.opennebula.oned.Datastore;
import io.berth.opennebula.oned.DatastoreType;
import io.berth.opennebula.oned.Host;
import io.berth.opennebula.oned.Oned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks whether an OpenNebula and a Berth fit each other: the front-end's files, the hosts, the datastores. Changes nothing.
 * What is wrong is found and not thrown.
 */
public final class SiteCheck {
    private static final String LOCATION = "CHECKPOINT_LOCATION";
    private static final String MAPPING = "BERTH_DATASTORE";
    private static final String SHARED = "DS_SHARED";
    private static final String DIRECTORIES = "BERTH_DIRECTORIES";
    private static final String CAPACITY = "BERTH_CAPACITY";

    private final SitePlaces places;
    private final Supplier<Oned> oned;
    private final Engine engine;
    private final Set<String> configured;
    private final Map<String, Path> folders;

    /**
     * @param oned finds the core; what it throws is a finding
     * @param configured names of the datastores in {@code berth.yaml}
     * @param folders of those of them that have VMs' directories
     */
    public SiteCheck(
            SitePlaces places, Supplier<Oned> oned, Engine engine, Set<String> configured, Map<String, Path> folders) {
        this.places = places;
        this.oned = oned;
        this.engine = engine;
        this.configured = Set.copyOf(configured);
        this.folders = Map.copyOf(folders);
    }

    /** In the order of the machines that they are about: front-end, hosts, datastores. */
    public List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.of("driver " + SiteSetup.DRIVER, this::driver));
        findings.add(Finding.of("scripts for hosts", this::scripts));
        try {
            var core = oned.get();
            findings.add(Finding.of("core", () -> "OpenNebula " + core.version()));
            var known = engine.hosts().list().stream().map(HostView::host).collect(Collectors.toSet());
            core.hosts().forEach(host -> findings.add(Finding.of("host " + host.name(), () -> host(host, known))));
            core.datastores().stream()
                    .filter(datastore -> datastore.type() == DatastoreType.SYSTEM)
                    .forEach(datastore -> findings.add(Finding.of(
                            "datastore " + datastore.id() + " (" + Printable.line(datastore.name()) + ")",
                            () -> datastore(datastore))));
        } catch (Failure silent) {
            findings.add(Finding.trouble("core", silent));
        }
        return findings;
    }

    private String driver() {
        var drivers = OnedConf.parse(SiteFile.read(places.core()).text()).sections("VM_MAD");
        var ours = drivers.stream()
                .filter(driver -> driver.value("NAME").equals(SiteSetup.DRIVER))
                .findFirst();
        if (ours.isEmpty()) {
            return "not installed; 'berth opennebula install' shows what that would change";
        }
        var launcher = ours.get().value("EXECUTABLE");
        if (launcher.startsWith("/") && !Files.isExecutable(Path.of(launcher))) {
            throw trouble(
                            "check.launcher",
                            "oned can't start Berth's driver",
                            launcher + " is missing, or can't be run")
                    .next("'berth opennebula install --apply' writes where it is now; then restart oned")
                    .build();
        }
        return "in " + places.core();
    }

    private String scripts() {
        var scripts = places.hypervisorScripts();
        if (!Files.isDirectory(scripts)) {
            throw trouble("check.remotes", "the scripts that drivers run aren't there", scripts + " is no folder")
                    .next("install opennebula's own packages on this front-end, or set ONE_LOCATION")
                    .build();
        }
        return scripts.toString();
    }

    private String host(Host host, Set<HostRef> known) {
        var isBerths = host.vmDriver().equals(SiteSetup.DRIVER);
        var isKnown = known.stream().anyMatch(ref -> ref.name().equals(host.name()));
        if (!isKnown) {
            return (isBerths
                            ? "Berth's driver, by the site's scripts alone"
                            : "driver " + Printable.line(host.vmDriver()))
                    + "; not known to Berth ('berth host add " + Printable.line(host.name()) + "')";
        }
        var check = engine.hosts().check(new HostRef(host.name()));
        check.findings().stream()
                .flatMap(finding -> finding.trouble().stream())
                .findFirst()
                .ifPresent(trouble -> {
                    throw trouble;
                });
        return "driver " + Printable.line(host.vmDriver()) + "; Berth's helper answers";
    }

    private String datastore(Datastore datastore) {
        datastore.attribute(SHARED).ifPresent(SiteCheck::refuseUnlessShared);
        datastore.attribute(DIRECTORIES).ifPresent(name -> refuseUnlessItsOwn(name, Path.of(datastore.basePath())));
        datastore.attribute(CAPACITY).ifPresent(value -> refuseUnlessAsked(value, datastore.transferDriver()));
        var location = datastore
                .attribute(LOCATION)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElse("");
        if (!location.equals("block")) {
            return "TM_MAD " + Printable.line(datastore.transferDriver()) + "; memory is saved as stock does it";
        }
        var name = datastore.attribute(MAPPING).orElse("");
        if (!configured.contains(name)) {
            throw trouble(
                            "check.mapping",
                            "memory can't be saved on a block device",
                            name.isEmpty()
                                    ? LOCATION + "=block is set and " + MAPPING + " isn't"
                                    : MAPPING + "=" + Printable.line(name)
                                            + ", and berth.yaml has no datastore of that name")
                    .next("let " + MAPPING + " name one of: "
                            + (configured.isEmpty() ? "(none is configured)" : String.join(", ", configured)))
                    .build();
        }
        return "memory is saved on Berth's datastore " + name;
    }

    private static void refuseUnlessShared(String value) {
        if (!Set.of("yes", "no", "auto").contains(value.toLowerCase(Locale.ROOT))) {
            throw trouble(
                            "check.shared",
                            SHARED + " says nothing that is known",
                            "it is '" + Printable.line(value) + "'")
                    .next("write yes, no or auto with 'onedatastore update'")
                    .build();
        }
    }

    private void refuseUnlessAsked(String value, String driver) {
        var isBeside = value.equalsIgnoreCase("beside");
        if (!isBeside && !value.equalsIgnoreCase("within")) {
            throw trouble(
                            "check.capacity",
                            CAPACITY + " says nothing that is known",
                            "it is '" + Printable.line(value) + "'")
                    .next("write beside or within with 'onedatastore update'")
                    .build();
        }
        if (isBeside && !CapacitySetup.isInstalled(places.transferScripts(), driver)) {
            throw trouble(
                            "check.capacity",
                            "checkpoints aren't counted",
                            CAPACITY + "=beside is set, and OpenNebula runs the script monitor of the storage driver "
                                    + Printable.line(driver) + " itself")
                    .next(
                            "'berth opennebula install --capacity DRIVER' shows what changes that; an upgrade of OpenNebula"
                                    + " undoes it")
                    .build();
        }
    }

    private void refuseUnlessItsOwn(String name, Path folder) {
        var named = Optional.ofNullable(folders.get(name));
        if (named.map(Path::normalize).filter(folder.normalize()::equals).isEmpty()) {
            throw trouble(
                            "check.directories",
                            "VM directories can't be taken along",
                            DIRECTORIES + "=" + Printable.line(name) + ", and berth.yaml "
                                    + named.map(other -> "has it in " + other + ", not in " + folder)
                                            .orElse("has no datastore of directories of that name"))
                    .next("give berth.yaml one of the driver 'directory' whose folder is " + folder + ", and name it")
                    .build();
        }
    }

    private static Failure.Builder trouble(String code, String what, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, code, what).why(why);
    }
}
