package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A front-end of OpenNebula's without OpenNebula: its folders with a site's scripts, which were written for these tests,
 * and a home of Berth's. Hosts are the lab's.
 */
final class FrontEnd {
    private static final Path SCRIPTS = LabExtension.root().resolve("lab/src/test/resources/remotes");
    private static final Path INSTALLED = LabExtension.root().resolve("target/dist/share/opennebula");

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    /** @param configuration of Berth */
    FrontEnd(Lab lab, Path folder, String configuration) {
        this(lab, folder, configuration, List.of(Site.H1, Site.H2));
    }

    /** @param hosts that Berth is to know */
    FrontEnd(Lab lab, Path folder, String configuration, List<HostRef> hosts) {
        this.folder = folder;
        try {
            var remotes = folder.resolve("one/var/remotes");
            copy(SCRIPTS, remotes);
            for (var name : List.of("tmsave", "tmrestore")) {
                Files.createSymbolicLink(remotes.resolve("vmm/kvm/" + name), INSTALLED.resolve("memory_script"));
            }
            Files.writeString(folder.resolve("one/var/config"), "SCRIPTS_REMOTE_DIR=/var/tmp/one\n");
            for (var program : List.of("ssh", "scp")) {
                script(
                        folder.resolve("path/" + program),
                        "#!/bin/sh\nexec /usr/bin/" + program + " -F '" + lab.sshConfiguration() + "' \"$@\"\n");
            }
            var home = Home.in(Files.createDirectories(folder.resolve("home")));
            Files.writeString(home.configuration(), configuration);
            try (var engine = EmbeddedEngines.open(home, Configuration.read(home.configuration()))) {
                hosts.forEach(host -> engine.hosts().add(host, "root@" + host));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                script(to.resolve(from.relativize(file).toString()), Files.readString(file));
            }
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** An engine as its drivers have. */
    Engine engine() {
        var home = Home.in(folder.resolve("home"));
        return EmbeddedEngines.open(home, Configuration.read(home.configuration()));
    }

    /** A file of the core's. */
    Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What is started from now on has these variables. */
    FrontEnd with(Map<String, String> more) {
        variables.putAll(more);
        return this;
    }

    /** The VM driver, as oned starts it. */
    DriverProcess startDriver() {
        return new DriverProcess(
                surrounded(List.of(INSTALLED.resolve("one_vmm_berth").toString(), "-t 15 -r 0 kvm -p")));
    }

    /** The transfer manager, as oned starts it. */
    DriverProcess startTransferManager() {
        return new DriverProcess(
                surrounded(List.of(INSTALLED.resolve("one_tm_berth").toString(), "-t 15 -d shared,qcow2,ssh,ceph")));
    }

    /** What OpenNebula's own driver would run in place of the hypervisor's script. */
    Ran runScript(String name, String input, String... arguments) {
        var command = new ArrayList<>(
                List.of(folder.resolve("one/var/remotes/vmm/kvm/" + name).toString()));
        command.addAll(List.of(arguments));
        return Program.run(command, environment(), input.getBytes(StandardCharsets.UTF_8), LONGEST);
    }

    /** How its scripts reach hosts. */
    SshWay way() {
        return new SshWay(folder.resolve("path/ssh").toString(), List.of(), "bash");
    }

    private ProcessBuilder surrounded(List<String> command) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        return builder;
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(variables);
        environment.put("ONE_LOCATION", folder.resolve("one").toString());
        environment.put("BERTH_HOME", folder.resolve("home").toString());
        environment.put("PATH", folder.resolve("path") + ":" + System.getenv("PATH"));
        return environment;
    }
}
