package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes Berth's VM driver known to an OpenNebula, beside the stock ones, and takes it back. All of it is a block of lines
 * in two files, and two links among the scripts for who keeps the stock driver; of the site's own nothing is changed but
 * what is asked for by name, and nothing of Berth's is used before {@code onehost} or the site's {@code oned.conf} says so.
 */
public final class SiteSetup {
    /** VM_MAD of hosts that are Berth's. */
    public static final String DRIVER = "berth-kvm";

    /** Whatever a site allows for its own driver is allowed for Berth's, which the core knows by another name. */
    private static final String SNAPSHOTS = """
            for pair in $LIVE_DISK_SNAPSHOTS; do
              case $pair in kvm-*) LIVE_DISK_SNAPSHOTS="$LIVE_DISK_SNAPSHOTS berth-$pair" ;; esac
            done
            unset pair
            """;

    /** What stock's driver can be told to run instead of its own {@code save} and {@code restore}. */
    static final List<String> SCRIPTS = List.of("tmsave", "tmrestore");

    private final SitePlaces places;
    private final Path launcher;
    private final Path script;
    private final CapacitySetup capacity;

    /** @param launcher what the core starts; absolute, with {@code memory_script} and {@code capacity_script} beside it */
    public SiteSetup(SitePlaces places, Path launcher) {
        this.places = places;
        this.launcher = launcher;
        this.script = launcher.resolveSibling("memory_script");
        this.capacity = new CapacitySetup(places.transferScripts(), launcher.resolveSibling(CapacitySetup.PROGRAM));
    }

    /**
     * What installing would change; nothing, when it is installed.
     *
     * @throws Failure {@code install.unreadable}, {@code install.no-launcher} (ENVIRONMENT), {@code install.damaged},
     *     {@code install.hand-made} (CONFLICT)
     */
    public List<SiteChange> installation() {
        if (!Files.isExecutable(launcher) || launcher.toString().contains("\"")) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.no-launcher", "there is no driver to be started")
                    .why(launcher + " is missing, or can't be run")
                    .next("build Berth with bin/build, or install its package again")
                    .build();
        }
        var core = SiteFile.read(places.core());
        refuseHandMade(core);
        var variables = SiteFile.read(places.driverVariables());
        var changes = new ArrayList<SiteChange>(List.of(
                new FileChange(core, MarkedBlock.put(core.text(), stanza())),
                new FileChange(variables, MarkedBlock.put(variables.text(), SNAPSHOTS))));
        if (Files.isDirectory(places.hypervisorScripts()) && Files.isExecutable(script)) {
            links(link -> LinkChange.made(link, script)).forEach(changes::add);
        }
        return changes;
    }

    private Stream<LinkChange> links(Function<Path, Optional<LinkChange>> change) {
        return SCRIPTS.stream().map(places.hypervisorScripts()::resolve).flatMap(link -> change.apply(link).stream());
    }

    /**
     * What having Berth asked for the room of these storage drivers' system datastores would change.
     *
     * @throws Failure {@code install.no-monitor} (CALLER)
     */
    public List<SiteChange> capacity(List<String> drivers) {
        return List.copyOf(capacity.installation(drivers));
    }

    /**
     * What uninstalling would change; nothing, when nothing is installed.
     *
     * @throws Failure {@code install.unreadable} (ENVIRONMENT), {@code install.damaged}, {@code uninstall.in-use}
     *     (CONFLICT)
     */
    public List<SiteChange> removal() {
        var core = removal(SiteFile.read(places.core()));
        var changes = new ArrayList<SiteChange>(List.of(core, removal(SiteFile.read(places.driverVariables()))));
        links(link -> LinkChange.removed(link, script)).forEach(link -> {
            refuseInUse(link, core.after());
            changes.add(link);
        });
        changes.addAll(capacity.removal());
        return changes;
    }

    /** Without the script that it names, a driver couldn't save nor restore any more. */
    private static void refuseInUse(LinkChange link, String core) {
        var script = Path.of(link.path()).getFileName().toString();
        OnedConf.parse(core).sections("VM_MAD").stream()
                .filter(driver -> driver.value("ARGUMENTS").contains("=" + script))
                .findFirst()
                .ifPresent(driver -> {
                    throw Failure.of(FailureKind.CONFLICT, "uninstall.in-use", "a driver of the site's runs " + script)
                            .why("the ARGUMENTS of the VM_MAD " + Printable.line(driver.value("NAME"))
                                    + " name it, and it is Berth's")
                            .next("take it out of them, restart oned, then begin again")
                            .build();
                });
    }

    private static FileChange removal(SiteFile file) {
        return new FileChange(file, MarkedBlock.without(file.text()));
    }

    /**
     * Each file and link is replaced at once, with a copy of what was there beside it. What is done already is passed over, so that
     * it can be repeated after a failure.
     *
     * @throws Failure {@code install.unwritable} (ENVIRONMENT), {@code install.changed} (CONFLICT)
     */
    public static void apply(List<? extends SiteChange> changes) {
        for (var change : changes) {
            switch (change) {
                case FileChange file -> file.apply();
                case LinkChange link -> link.apply();
                case ScriptReplacement script -> script.apply();
            }
        }
    }

    private String stanza() {
        return """
                VM_MAD = [
                    NAME           = "%s",
                    SUNSTONE_NAME  = "KVM (Berth)",
                    EXECUTABLE     = "%s",
                    ARGUMENTS      = "-t 15 -r 0 kvm -p",
                    TYPE           = "kvm",
                    KEEP_SNAPSHOTS = "yes",
                    LIVE_RESIZE    = "yes"
                ]
                """.formatted(DRIVER, launcher);
    }

    private static void refuseHandMade(SiteFile core) {
        var others = OnedConf.parse(MarkedBlock.without(core.text())).sections("VM_MAD");
        if (others.stream().anyMatch(driver -> driver.value("NAME").equals(DRIVER))) {
            throw Failure.of(FailureKind.CONFLICT, "install.hand-made", "somebody has written a driver " + DRIVER)
                    .why("there is a VM_MAD of that name in " + core.path() + " which isn't from here")
                    .next("keep it and leave this, or take it out and begin again")
                    .build();
        }
    }
}
