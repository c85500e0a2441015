package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes Berth's VM driver known to an OpenNebula, beside the stock ones, and takes it back. All of it is a block of lines
 * in two files; nothing of the site's own is changed, and nothing of Berth's is used by a host before {@code onehost} says
 * so.
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

    private final SitePlaces places;
    private final Path launcher;

    /** @param launcher what the core starts; absolute */
    public SiteSetup(SitePlaces places, Path launcher) {
        this.places = places;
        this.launcher = launcher;
    }

    /**
     * What installing would change; nothing, when it is installed.
     *
     * @throws Failure {@code install.unreadable}, {@code install.no-launcher} (ENVIRONMENT), {@code install.damaged},
     *     {@code install.hand-made} (CONFLICT)
     */
    public List<FileChange> installation() {
        if (!Files.isExecutable(launcher) || launcher.toString().contains("\"")) {
            throw Failure.of(FailureKind.ENVIRONMENT, "install.no-launcher", "there is no driver to be started")
                    .why(launcher + " is missing, or can't be run")
                    .next("build Berth with bin/build, or install its package again")
                    .build();
        }
        var core = SiteFile.read(places.core());
        refuseHandMade(core);
        var variables = SiteFile.read(places.driverVariables());
        return List.of(
                new FileChange(core, MarkedBlock.put(core.text(), stanza())),
                new FileChange(variables, MarkedBlock.put(variables.text(), SNAPSHOTS)));
    }

    /**
     * What uninstalling would change; nothing, when nothing is installed.
     *
     * @throws Failure {@code install.unreadable} (ENVIRONMENT), {@code install.damaged} (CONFLICT)
     */
    public List<FileChange> removal() {
        return List.of(removal(SiteFile.read(places.core())), removal(SiteFile.read(places.driverVariables())));
    }

    private static FileChange removal(SiteFile file) {
        return new FileChange(file, MarkedBlock.without(file.text()));
    }

    /**
     * Each file is replaced at once, with a copy of what was there beside it. What is done already is passed over, so that
     * it can be repeated after a failure.
     *
     * @throws Failure {@code install.unwritable} (ENVIRONMENT), {@code install.changed} (CONFLICT)
     */
    public static void apply(List<FileChange> changes) {
        changes.forEach(FileChange::apply);
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
