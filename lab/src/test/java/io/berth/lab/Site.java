package io.berth.lab;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.engine.embedded.Instruments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An installation of Berth that knows the lab's hosts, with the datastores tests need. */
final class Site implements AutoCloseable {
    static final HostRef H1 = new HostRef("h1");
    static final HostRef H2 = new HostRef("h2");
    /** Sound storage that both hosts see. */
    static final String FAST = "fast";
    /** The same, behind what can be made to fail: {@link Lab#fault}. */
    static final String FRAGILE = "fragile";
    /** Plain files that both hosts see. */
    static final String PLAIN = "plain";
    /** In a folder that a test mounts on h1. */
    static final String ODD = "odd";

    static final String ODD_FOLDER = "/srv/local/odd";

    /** VM directories; known to {@link #textWithFolder} and {@link #withFolders} alone. */
    static final String OWN = "own";

    /** In the lab's Ceph cluster; known to {@link #withCeph} and {@link #withEveryDriver} alone. */
    static final String RBD = "rbd";
    /** By the example's scripts; known to {@link #withEveryDriver} alone. */
    static final String SCRIPTS = "scripts";

    private static final String SLOW = """
            libvirt:
              migration-bandwidth: 10
            """;

    private static final String FOLDERS = """
              own:
                driver: directory
                folder: /srv/local/vms
                hosts: [h1, h2]
                shared: auto
                attribute-cache-time: 1s
            """;

    /** How long hosts that have just come up may be silent. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final Lab lab;
    private final Path folder;
    private final Engine engine;

    private Site(Lab lab, Path folder, Engine engine) {
        this.lab = lab;
        this.folder = folder;
        this.engine = engine;
    }

    static Site open(Lab lab, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(Home.in(folder).configuration(), text(lab));
            Files.writeString(variant(folder, "slow").configuration(), text(lab) + SLOW);
            var withFolders = text(lab).replace("datastores:\n", "datastores:\n" + FOLDERS);
            Files.writeString(variant(folder, "folders").configuration(), withFolders);
            Files.writeString(variant(folder, "slow-folders").configuration(), withFolders + SLOW.replace("10", "2"));
            var staging = withFolders.replace(FOLDERS, FOLDERS + "    checkpoint-location: system\n");
            Files.writeString(variant(folder, "staging").configuration(), staging);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.in("h1", "mkdir", "-p", "/srv/berth/checkpoints", "/srv/volatile/checkpoints", "/srv/berth/plain")
                .orFail();
        for (var host : new String[] {"h1", "h2"}) {
            lab.in(host, "mkdir", "-p", ODD_FOLDER).orFail();
        }
        var engine = open(folder);
        introduce(engine, H1);
        introduce(engine, H2);
        return new Site(lab, folder, engine);
    }

    /** A host that has just come up answers late on a machine that is busy. */
    private static void introduce(Engine engine, HostRef host) {
        Waiting.until(host + " is known", LONGEST, () -> {
            try {
                engine.hosts().add(host, "root@" + host);
                return true;
            } catch (Failure failure) {
                if (failure.is("host.unreachable")) {
                    return false;
                }
                throw failure;
            }
        });
    }

    /** The configuration of this installation. */
    static String text(Lab lab) {
        return """
                default-datastore: fast
                datastores:
                  fast:
                    driver: loop
                    folder: /srv/berth/checkpoints
                    hosts: [h1, h2]
                  fragile:
                    driver: loop
                    folder: /srv/volatile/checkpoints
                    hosts: [h1, h2]
                  plain:
                    driver: directory
                    folder: /srv/berth/plain
                    hosts: [h1, h2]
                  odd:
                    driver: loop
                    folder: %s
                    hosts: [h1]
                ssh:
                  config-file: %s
                  connect-timeout: 2s
                """.formatted(ODD_FOLDER, lab.sshConfiguration());
    }

    /** The same installation with migrations that take their time: 128 MiB some ten seconds. */
    static Engine openSlow(Path folder) {
        return open(variant(folder, "slow"));
    }

    /** The same home with another configuration. */
    private static Home variant(Path folder, String name) {
        var home = Home.in(folder);
        return new Home(folder.resolve(name + ".yaml"), home.state(), home.log(), home.run());
    }

    /** Another engine that has a datastore in the lab's Ceph cluster too, which is started if need be. */
    Site withCeph() {
        return withCeph(Instruments.none());
    }

    /** The same, with something between it and the hosts. */
    Site withCeph(Instruments instruments) {
        lab.ceph().up();
        return withMore("ceph", ceph(), instruments);
    }

    /** Another engine that has a datastore of each driver's: in the lab's Ceph cluster, and by scripts, too. */
    Site withEveryDriver(ExampleScripts scripts) {
        lab.ceph().up();
        return withMore("every-driver", ceph() + scripts.configuration(SCRIPTS), Instruments.none());
    }

    private static String ceph() {
        return ceph("h1, h2");
    }

    /** A datastore in the lab's Ceph cluster, for the configuration. */
    static String ceph(String hosts) {
        return """
                  %s:
                    driver: ceph
                    conf: %s
                    user: %s
                    keyring: %s
                    pool: %s
                    hosts: [%s]
                """.formatted(RBD, Ceph.CONF, Ceph.USER, Ceph.KEYRING, Ceph.POOL, hosts);
    }

    private Site withMore(String name, String datastores, Instruments instruments) {
        var home = variant(folder, name);
        try {
            Files.writeString(home.configuration(), withDatastores(lab, datastores));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Site(lab, folder, EmbeddedEngines.open(home, Configuration.read(home.configuration()), instruments));
    }

    /** The site's configuration with a datastore in the lab's Ceph cluster. */
    static String textWithCeph(Lab lab) {
        return withDatastores(lab, ceph());
    }

    /** The site's configuration with a folder of VM directories that each host has for itself. */
    static String textWithFolder(Lab lab, String folder, String shared) {
        return withDatastores(lab, """
                  %s:
                    driver: directory
                    folder: %s
                    hosts: [h1, h2]
                    shared: %s
                    attribute-cache-time: 1s
                """.formatted(OWN, folder, shared));
    }

    static String withDatastores(Lab lab, String datastores) {
        return text(lab).replace("datastores:\n", "datastores:\n" + datastores);
    }

    /** Another engine that knows a folder for VM directories, which each host has for itself. */
    Engine withFolders() {
        return openWithFolders(folder);
    }

    /** The same, and the memory of VMs there goes through a file in that folder. */
    Engine withStaging() {
        return open(variant(folder, "staging"));
    }

    /** The same, whose migrations take their time: a disk of 16 MiB some eight seconds. */
    Engine slowWithFolders() {
        return open(variant(folder, "slow-folders"));
    }

    static Engine openWithFolders(Path folder) {
        return open(variant(folder, "folders"));
    }

    static Engine open(Path folder) {
        return open(Home.in(folder));
    }

    private static Engine open(Home home) {
        return EmbeddedEngines.open(home, Configuration.read(home.configuration()));
    }

    Lab lab() {
        return lab;
    }

    /** Home of this installation, for other processes. */
    Path folder() {
        return folder;
    }

    /** This process's engine. */
    Engine engine() {
        return engine;
    }

    /** Another one on the same journal, as another process has it. */
    Engine otherEngine() {
        return open(folder);
    }

    /** Another one, whose migrations take their time. */
    Engine slowEngine() {
        return openSlow(folder);
    }

    void awaitHosts() {
        awaitHosts(engine);
    }

    /** Waits until that engine reaches them again: it spares a host that was silent further tries for some seconds. */
    static void awaitHosts(Engine engine) {
        awaitHosts(engine, List.of(H1, H2));
    }

    static void awaitHosts(Engine engine, List<HostRef> hosts) {
        for (var host : hosts) {
            Waiting.until(
                    host + " answers",
                    LONGEST,
                    () -> engine.hosts()
                            .check(host)
                            .findings()
                            .getFirst()
                            .trouble()
                            .isEmpty());
        }
    }

    static HostRef other(HostRef host) {
        return host.equals(H1) ? H2 : H1;
    }

    @Override
    public void close() {
        engine.close();
    }
}
