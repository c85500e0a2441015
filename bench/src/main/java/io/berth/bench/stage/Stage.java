package io.berth.bench.stage;

import io.berth.engine.configuration.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where figures are taken. The lab comes up and guests boot when they are first needed. Used by one thread. */
public final class Stage implements AutoCloseable {
    /** Where guests run. */
    public static final String HOST = "h1";

    /** Where nothing runs. */
    public static final String OTHER_HOST = "h2";

    /** Each host's own folder of VMs' directories; Berth has a datastore of that name there once it was asked for. */
    public static final String OWN = "own";

    /** The same folder's path. */
    public static final String OWN_FOLDER = "/srv/local/one/100";

    private final Path root;
    private final Path work;
    private final Home home;
    private @Nullable Lab lab;
    private @Nullable LabGuest guest;
    private @Nullable CephStage ceph;
    private boolean hasOwnFolders;
    private boolean logsCommands = true;

    /** @param root of the source tree, built */
    public Stage(Path root) {
        this.root = root;
        try {
            this.work = Files.createTempDirectory("berth-bench");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        this.home = Home.in(work.resolve("home"));
    }

    /** Tells people what is going on. */
    public static void say(String what) {
        System.err.println("  " + what);
    }

    public Home home() {
        lab();
        return home;
    }

    public BerthCommand berth() {
        lab();
        return command();
    }

    /** A daemon of the same home, which {@link #berth} uses for as long as it runs. */
    public BerthDaemon daemon() {
        lab();
        return BerthDaemon.start(root, home.state());
    }

    private BerthCommand command() {
        return new BerthCommand(root, work, home.state());
    }

    /** A folder for files of a measurement; deleted at the end. */
    public Path work() {
        return work;
    }

    public Path root() {
        return root;
    }

    /** For ssh: how the lab's hosts are reached. */
    public Path sshConfiguration() {
        return lab().sshConfiguration();
    }

    /** Runs a program inside the host. */
    public String in(String host, String... argv) {
        return lab().in(host, argv);
    }

    /** Runs a program inside the host; the seconds that it took there. */
    public double timed(String host, String... argv) {
        return lab().timed(host, argv).seconds();
    }

    /** Runs a program on this machine. */
    public String run(Duration atMost, Map<String, String> environment, List<String> argv) {
        return new LocalProgram(work, environment).run(atMost, argv).output();
    }

    /** The running guest of that kind; one of another kind ends. */
    public LabGuest guest(GuestKind kind) {
        var there = guest;
        if (there != null && there.kind() == kind) {
            return there;
        }
        giveUpGuest();
        var ready = lab();
        say("a guest boots: " + kind.memory() + " MiB, " + kind.dirty() + " of them filled");
        var booted = new LabGuest(ready, kind);
        guest = booted;
        return booted;
    }

    /** The guest may be anything now: the next one boots afresh. */
    public void giveUpGuest() {
        var there = guest;
        if (there != null) {
            guest = null;
            there.end();
        }
    }

    private Lab lab() {
        var up = lab;
        if (up == null) {
            say("two hosts come up");
            up = new Lab(root, work.resolve("lab"), work);
            lab = up;
            up.up(HOST, OTHER_HOST);
            configure(up);
            for (var host : List.of(HOST, OTHER_HOST)) {
                up.in(host, "mkdir", "-p", "/srv/berth/checkpoints");
                command().run("host", "add", host, "--address", "root@" + host);
            }
        }
        return up;
    }

    /**
     * Whether {@link #berth} writes each command on a host into its log, as it does at first: how long those took is read
     * there. The log costs a short command some milliseconds that it usually doesn't take.
     */
    public void logCommands(boolean each) {
        logsCommands = each;
        configure(lab());
    }

    /** The cluster, which comes up when it is first needed. Berth has a datastore there from then on. */
    public CephStage ceph() {
        var up = ceph;
        if (up == null) {
            say("a Ceph cluster comes up");
            up = new CephStage(lab());
            ceph = up;
            configure(lab());
        }
        return up;
    }

    /** The hosts have {@link #OWN_FOLDER} from then on. */
    public void ownFolders() {
        hasOwnFolders = true;
        configure(lab());
        for (var host : List.of(HOST, OTHER_HOST)) {
            in(host, "mkdir", "-p", OWN_FOLDER);
        }
    }

    private static String ownDatastore() {
        return """
                %s:
                  driver: directory
                  folder: %s
                  shared: no
                  hosts: [%s, %s]
                """.formatted(OWN, OWN_FOLDER, HOST, OTHER_HOST);
    }

    private void configure(Lab up) {
        try {
            Files.createDirectories(home.state());
            Files.writeString(home.configuration(), """
                    default-datastore: fast
                    datastores:
                      fast:
                        driver: loop
                        folder: /srv/berth/checkpoints
                    %s%sssh:
                      config-file: %s
                    libvirt:
                      emulated-live: live
                    log:
                      level: %s
                    """.formatted(
                            ceph == null ? "" : CephStage.datastore().indent(2),
                            hasOwnFolders ? ownDatastore().indent(2) : "",
                            up.sshConfiguration(),
                            logsCommands ? "debug" : "info"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            if (lab != null) {
                lab.close();
            }
        } finally {
            delete(work);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file); // ssh's masters take their sockets away themselves
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
