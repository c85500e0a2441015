package io.berth.opennebula.standin;

import io.berth.opennebula.image.VmDisks;
import io.berth.opennebula.mad.TmSettings;
import io.berth.opennebula.mad.VmmSettings;
import io.berth.opennebula.memory.DirectoryFolders;
import io.berth.opennebula.memory.GuestIds;
import io.berth.opennebula.owed.OwedRequests;
import io.berth.opennebula.run.SiteScripts;
import io.berth.opennebula.shared.Datastores;
import io.berth.opennebula.shared.VmDescriptions;
import io.berth.transport.script.SshWay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A site whose scripts are stubs: each writes down how it was called, where, and with what input, and then does what it
 * is told to. Hosts are this machine; a stub stands in for ssh, and another for a libvirt that has no guests. Scripts of the front-end and of hosts are in different
 * folders, so that it shows where one was run.
 */
public final class StubSite {
    private static final List<String> HYPERVISOR = List.of(
            "attach_disk",
            "attach_nic",
            "cancel",
            "deploy",
            "deploy-tweaks",
            "detach_disk",
            "detach_nic",
            "exec",
            "exec_cancel",
            "migrate",
            "poll",
            "prereconfigure",
            "reboot",
            "reconfigure",
            "reset",
            "resize",
            "resize_disk",
            "restore",
            "save",
            "shutdown",
            "snapshot_create",
            "snapshot_delete",
            "snapshot_revert",
            "tmrestore",
            "tmsave");
    private static final List<String> TRANSFER = List.of(
            "clone",
            "context",
            "cpds",
            "delete",
            "failmigrate",
            "ln",
            "mkimage",
            "mkswap",
            "mv",
            "mvds",
            "postbackup",
            "postbackup_live",
            "postmigrate",
            "prebackup",
            "prebackup_live",
            "premigrate",
            "resize",
            "restore",
            "snap_create",
            "snap_create_live",
            "snap_delete",
            "snap_revert");
    private static final List<String> NETWORK = List.of("clean", "post", "pre", "update_nic", "update_sg");

    /** What the core calls this machine. */
    public static final String FRONT_END = "fe";

    private final Path root;

    /** @param root an empty folder */
    public StubSite(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(calls());
        Files.createDirectories(root.resolve("behaviours"));
        for (var side : List.of(remotes(), hostScripts())) {
            for (var hypervisor : List.of("kvm", "dummy")) {
                install(side.resolve("vmm/" + hypervisor), HYPERVISOR);
            }
            for (var driver : List.of("bridge", "fw", "elastic")) {
                install(side.resolve("vnm/" + driver), NETWORK);
            }
        }
        for (var driver : List.of("shared", "qcow2", "ssh", "local", "dummy", "ceph", "fs_lvm", "vendor")) {
            install(remotes().resolve("tm/" + driver), TRANSFER);
        }
        install(remotes().resolve("tm/ceph"), List.of("clone.ssh"));
        install(remotes().resolve("datastore/rsync"), List.of("backup", "backup_cancel"));
        script(ssh(), """
                #!/bin/bash
                [ -e %1$s/no-host ] && { echo 'ssh: no route to host' >&2; exit 255; }
                while [ "$1" = -o ]; do export STUB_DELEGATED=yes; shift 2; done
                export STUB_HOST=$1 PATH=%1$s/programs:$PATH
                shift
                [ ! -d %1$s/homes ] || cd "%1$s/homes/$STUB_HOST" || exit 255
                exec "$@"
                """.formatted(root));
        script(root.resolve("scp"), "#!/bin/bash\nto=${@: -1}\ncp -r \"${@:2:$#-2}\" \"${to#*:}\"\n");
        for (var datastore : List.of("100", "101", "106", "107")) {
            Files.createDirectories(front().resolve("datastores").resolve(datastore));
        }
        installOnHosts("virsh", ":");
        installOnHosts("pgrep", "exit 1");
        Files.writeString(front().resolve("config"), "SCRIPTS_REMOTE_DIR=" + hostScripts() + "\n");
    }

    /** Stands for {@code /var/lib/one}. */
    public Path front() {
        return root.resolve("one/var");
    }

    /** Stands for {@code /var/tmp/one} on hosts. */
    public Path hostScripts() {
        return root.resolve("host");
    }

    Path remotes() {
        return front().resolve("remotes");
    }

    private Path calls() {
        return root.resolve("calls");
    }

    private Path ssh() {
        return root.resolve("ssh");
    }

    /** As the driver would find them, but for ssh. */
    public VmmSettings settings(String... arguments) {
        return settings(OwedRequests.none(), arguments);
    }

    /** @param owed found from what stands in for the core */
    public VmmSettings settings(OwedRequests owed, String... arguments) {
        var read = VmmSettings.read(
                List.of(arguments),
                Map.of(
                        "ONE_LOCATION", root.resolve("one").toString(),
                        "LIVE_DISK_SNAPSHOTS", "kvm-qcow2 kvm-ceph qemu-qcow2 qemu-shared dummy-dummy",
                        "VNMAD_LOCAL_ACTIONS", "elastic-pre elastic-clean"));
        var site = read.site();
        return new VmmSettings(
                read.options(),
                new SiteScripts(
                        site.places(),
                        new SshWay(ssh().toString(), List.of(), site.ssh().shell()),
                        root.resolve("scp").toString(),
                        site.delegated(),
                        site.timeout(),
                        site.retries()),
                read.liveSnapshots(),
                owed);
    }

    /** The same for a transfer manager. */
    public TmSettings transferSettings(String... arguments) {
        return transferSettings(Datastores.untold(), arguments);
    }

    /** @param datastores stand in for what the core would say */
    public TmSettings transferSettings(Datastores datastores, String... arguments) {
        return transferSettings(datastores, VmDisks.untold(), arguments);
    }

    /** @param disks stand in for what the core would say too */
    public TmSettings transferSettings(Datastores datastores, VmDisks disks, String... arguments) {
        return transferSettings(datastores, disks, _ -> Optional.empty(), arguments);
    }

    /** @param guests stand in for what the core would say as well */
    public TmSettings transferSettings(Datastores datastores, VmDisks disks, GuestIds guests, String... arguments) {
        return transferSettings(datastores, disks, guests, DirectoryFolders.untold(), arguments);
    }

    /** @param folders stand in for Berth's configuration */
    public TmSettings transferSettings(
            Datastores datastores, VmDisks disks, GuestIds guests, DirectoryFolders folders, String... arguments) {
        var read = TmSettings.read(
                List.of(arguments), Map.of("ONE_LOCATION", root.resolve("one").toString()), folders);
        var way = new SshWay(ssh().toString(), List.of(), read.ssh().shell());
        return new TmSettings(
                read.options(),
                read.scripts(),
                way,
                datastores,
                disks,
                VmDescriptions.untold(),
                guests,
                folders,
                FRONT_END);
    }

    /** @param descriptions stand in for what the core would say of whole VMs */
    public TmSettings transferSettings(Datastores datastores, VmDescriptions descriptions, String... arguments) {
        var plain = transferSettings(datastores, arguments);
        return new TmSettings(
                plain.options(),
                plain.scripts(),
                plain.ssh(),
                plain.datastores(),
                plain.disks(),
                descriptions,
                plain.guests(),
                plain.folders(),
                plain.frontEnd());
    }

    /** Writes a transfer file and gives the core's line that names it. */
    public String transfer(int vm, String commands) throws IOException {
        var file = front().resolve("vms/" + vm + "/transfer.0.prolog");
        Files.createDirectories(file.getParent());
        Files.writeString(file, commands);
        return "TRANSFER  " + vm + " " + file;
    }

    /** The paths of a real site, wherever this one is. */
    public String asReal(String text) {
        return text.replace(front().toString(), "/var/lib/one")
                .replace(hostScripts().toString(), "/var/tmp/one");
    }

    /** The paths of this site for those of a real one. */
    public String asHere(String text) {
        return text.replace("/var/lib/one", front().toString())
                .replace("/var/tmp/one", hostScripts().toString());
    }

    /** Every script of that file name does so from now on. */
    public void behave(String script, int exitCode, String output, String complaint) throws IOException {
        behave(
                script,
                "printf '%s' \"$2\"; printf '%s' \"$3\" >&2; exit \"$1\"",
                Integer.toString(exitCode),
                output,
                complaint);
    }

    /** Runs a piece of bash with those words as arguments. */
    public void behave(String script, String body, String... words) throws IOException {
        var folder = root.resolve("behaviours").resolve(script);
        Files.createDirectories(folder);
        for (var i = 0; i < words.length; i++) {
            Files.writeString(folder.resolve(Integer.toString(i + 1)), words[i] + ".");
        }
        Files.writeString(folder.resolve("body"), body);
    }

    /**
     * A folder that the host starts everything in, so that a path of {@code /proc/self/cwd} is another one on each host. From then on
     * hosts that have none give no answer.
     */
    public Path home(String host) throws IOException {
        return Files.createDirectories(root.resolve("homes").resolve(host));
    }

    /** Hosts have that program; it finds its host's name in {@code STUB_HOST}. */
    public void installOnHosts(String program, String body) throws IOException {
        Files.createDirectories(root.resolve("programs"));
        script(root.resolve("programs").resolve(program), "#!/bin/bash\n" + body + "\n");
    }

    /** Hosts have this machine's program of that name again. */
    public void uninstallOnHosts(String program) throws IOException {
        Files.delete(root.resolve("programs").resolve(program));
    }

    /** What runs there is found as it is; but guests are a stand-in's business, and others may have some on this machine. */
    public void letHostsFindProcesses() throws IOException {
        installOnHosts("pgrep", "case $3 in guest=*) exit 1 ;; esac\nexec /usr/bin/pgrep \"$@\"");
    }

    public void behaveWell() throws IOException {
        try (var files = Files.walk(root.resolve("behaviours"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private void install(Path folder, List<String> names) throws IOException {
        Files.createDirectories(folder);
        for (var name : names) {
            script(folder.resolve(name), """
                    #!/bin/bash
                    # A stub: writes down its call and does as it is told.
                    calls=%s
                    exec 9>"$calls/lock"; flock 9
                    n=$(ls "$calls" | grep -c call)
                    call=$(printf '%%s/call%%04d' "$calls" "$n")
                    mkdir "$call"
                    flock -u 9; exec 9>&-
                    printf '%%s' "${STUB_HOST:-here}${STUB_DELEGATED:+ with keys}" >"$call/where"
                    printf '%%s' "$0" >"$call/program"
                    for word; do printf '%%s\\0' "$word"; done >"$call/arguments"
                    cat >"$call/input.part"; mv "$call/input.part" "$call/input"
                    told=%s/${0##*/}
                    [ -e "$told/body" ] || exit 0
                    words=()
                    for file in "$told"/[0-9]*; do [ -e "$file" ] || continue; word=$(cat "$file"); words+=("${word%%.}"); done
                    eval "set -- $(printf '%%q ' "${words[@]}")"
                    . "$told/body"
                    """.formatted(calls(), root.resolve("behaviours")));
        }
    }

    /** As on a host that was reinstalled. */
    public void forgetHostScripts() throws IOException {
        try (var files = Files.walk(hostScripts())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * A script's run.
     *
     * @param where a host's name, or that it was the front-end
     */
    public record Call(String where, String program, List<String> arguments, String input) {
        String script() {
            return program.substring(program.lastIndexOf('/') + 1);
        }
    }

    /** All calls since this was last asked, in order. */
    public List<Call> takeCalls() throws IOException {
        var found = new ArrayList<Call>();
        List<Path> folders;
        try (var files = Files.list(calls())) {
            folders = files.filter(Files::isDirectory).sorted().toList();
        }
        for (var folder : folders) {
            found.add(new Call(
                    Files.readString(folder.resolve("where")),
                    asReal(Files.readString(folder.resolve("program"))),
                    words(Files.readString(folder.resolve("arguments"))),
                    Files.readString(folder.resolve("input"), StandardCharsets.UTF_8)));
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        return found;
    }

    /** How often a script of that name was begun since calls were taken. */
    public long countCalls(String script) throws IOException {
        try (var files = Files.walk(calls())) {
            return files.filter(it -> it.endsWith("program") && endsWith(it, "/" + script))
                    .count();
        }
    }

    private static boolean endsWith(Path file, String end) {
        try {
            return Files.readString(file).endsWith(end);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.substring(0, text.length() - 1).split("\0", -1))
                        .toList();
    }
}
