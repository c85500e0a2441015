package io.berth.bench.opennebula;

import io.berth.bench.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A front-end of OpenNebula's without OpenNebula: its folders, with scripts that were written for this and do the work that
 * stock's do.
 */
final class FrontEnd {
    private static final List<String> SCRIPTS = List.of(
            "vmm/kvm/save", "vmm/kvm/restore", "vmm/kvm/reboot", "tm/shared/context", "tm/idle/idle", "tm/idle/mv");
    /** As on a machine that has nothing else to do: others may work here. */
    private static final String PRIORITY = "0";

    private final Path root;
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    /** @param hostScripts where a host has its scripts */
    private FrontEnd(Path root, Path folder, Path hostScripts, String ssh) {
        this.root = root;
        this.folder = folder;
        try {
            for (var script : SCRIPTS) {
                executable(remotes().resolve(script), text("remotes/" + script));
            }
            Files.writeString(folder.resolve("one/var/config"), "SCRIPTS_REMOTE_DIR=" + hostScripts + "\n");
            executable(folder.resolve("path/ssh"), "#!/bin/sh\n" + ssh);
            executable(folder.resolve("path/scp"), "#!/bin/sh\n" + ssh.replace("/usr/bin/ssh", "/usr/bin/scp"));
            Files.createDirectories(folder.resolve("home"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Its hosts are those of the lab. */
    static FrontEnd ofLab(Stage stage) {
        return new FrontEnd(
                stage.root(),
                stage.work().resolve("front-end"),
                Path.of("/var/tmp/one"),
                "exec /usr/bin/ssh -F '" + stage.sshConfiguration() + "' \"$@\"\n");
    }

    /** Whatever is to run on a host runs here: a stand-in for ssh does that. */
    static FrontEnd withoutHosts(Stage stage, String name) {
        var folder = stage.work().resolve(name);
        return new FrontEnd(
                stage.root(),
                folder,
                folder.resolve("one/var/remotes"),
                "while [ \"$1\" = -o ]; do shift 2; done\nshift\nexec \"$@\"\n");
    }

    private static String text(String resource) throws IOException {
        try (var in = Objects.requireNonNull(FrontEnd.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path remotes() {
        return folder.resolve("one/var/remotes");
    }

    Path script(String name) {
        return remotes().resolve(name);
    }

    /** A file of the core's. */
    Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Drivers that are started from now on have these variables. */
    FrontEnd with(Map<String, String> more) {
        variables.putAll(more);
        return this;
    }

    /** The VM driver, as oned starts it. */
    MadProcess vmm() {
        return start("one_vmm_berth", "-t 15 -r 0 kvm -p");
    }

    /** The transfer manager, as oned starts it. */
    MadProcess tm() {
        return start("one_tm_berth", "-t 15 -d idle,shared,ssh,qcow2");
    }

    private MadProcess start(String program, String arguments) {
        var builder = new ProcessBuilder(
                root.resolve("target/dist/share/opennebula/" + program).toString(), arguments);
        builder.environment()
                .putAll(Map.of(
                        "ONE_LOCATION",
                        folder.resolve("one").toString(),
                        "BERTH_HOME",
                        folder.resolve("home").toString(),
                        "PRIORITY",
                        PRIORITY,
                        "PATH",
                        folder.resolve("path") + ":" + System.getenv("PATH")));
        builder.environment().putAll(variables);
        return MadProcess.start(builder);
    }
}
