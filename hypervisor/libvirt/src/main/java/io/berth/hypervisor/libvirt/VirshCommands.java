package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.host.HostCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Builds the argument lists. Guests are named by UUID only, and nothing that a user typed gets into an argument.
 *
 * <p>Several questions go into one process where that is possible: virsh reads an argument with semicolons as several
 * commands. Only UUIDs, disk targets of a checked form and this class's own words get in there. Answers are told apart
 * by a {@code mark} that nobody can guess: a guest's definition could hold any fixed one.
 */
final class VirshCommands {
    private static final String STDIN = "/dev/stdin";
    private static final String FIFOS = "/run/berth/restore/";

    private final String uri;

    VirshCommands(String uri) {
        this.uri = uri;
    }

    /** Domains and processes at once, of one guest or of all ({@code only} empty). */
    String[] look(String only) {
        return only.isEmpty() ? helper("guest-look", uri) : helper("guest-look", uri, only);
    }

    String[] processes(String only) {
        return only.isEmpty() ? helper("guest-processes") : helper("guest-processes", only);
    }

    /** Names, which of them are persistent, states. */
    String[] survey(String mark) {
        return several(
                mark,
                List.of("list --all --uuid --name", "list --all --persistent --uuid", "domstats --state --nowait"));
    }

    /**
     * Whether a job holds the guest. The second question waits while libvirt starts or restores the guest, which it
     * doesn't call a job; so the whole gets five seconds.
     */
    Question settled(String mark, UUID vm) {
        var questions = several(mark, List.of("domjobinfo --rawstats " + vm, "dommemstat " + vm));
        return question(
                helper("guest-settled", uri, vm.toString(), mark), prefixed(List.of("timeout", "5"), questions));
    }

    String[] job(UUID vm) {
        return virsh("domjobinfo", "--rawstats", vm.toString());
    }

    /**
     * Definitions as they run, persistent one, emulator's version, names of snapshots and of checkpoints, which guests
     * the host starts by itself.
     */
    String[] describe(String mark, UUID vm) {
        return several(
                mark,
                List.of(
                        "dumpxml --migratable " + vm,
                        "dumpxml " + vm,
                        "dumpxml --inactive " + vm,
                        "version",
                        "snapshot-list --name " + vm,
                        "checkpoint-list --name " + vm,
                        "list --all --autostart --uuid"));
    }

    Question definitions(String mark, UUID vm) {
        return question(
                helper("guest-definitions", uri, vm.toString(), mark),
                several(mark, List.of("dumpxml --migratable " + vm, "dumpxml " + vm)));
    }

    String[] memory(String mark, UUID vm) {
        return several(mark, List.of("dommemstat " + vm, "dumpxml --migratable " + vm));
    }

    String[] blockJobs(String mark, UUID vm, List<String> targets) {
        return several(
                mark,
                targets.stream()
                        .map(target -> "blockjob " + vm + " " + DiskTarget.checked(target) + " --raw")
                        .toList());
    }

    /** What QEMU could let go that waits for another host. */
    String[] links(UUID vm) {
        return virsh("qemu-monitor-command", vm.toString(), "{\"execute\":\"query-yank\"}");
    }

    /** @param node of a form that {@link CopyLinks} has checked */
    String[] cutLink(UUID vm, String node) {
        return virsh(
                "qemu-monitor-command",
                vm.toString(),
                "{\"execute\":\"yank\",\"arguments\":{\"instances\":[{\"type\":\"block-node\",\"node-name\":\"" + node
                        + "\"}]}}");
    }

    /** Of a guest that runs: as large as it sees it, whatever its source takes. */
    String[] diskSize(UUID vm, String target) {
        return virsh("domblkinfo", vm.toString(), DiskTarget.checked(target));
    }

    String[] version() {
        return virsh("version");
    }

    String[] versions() {
        return virsh("version");
    }

    String[] memoryOfHost() {
        return virsh("nodememstats");
    }

    String[] capabilities() {
        return virsh("capabilities");
    }

    String[] domainCapabilities(GuestPlatform platform) {
        return virsh(
                "domcapabilities",
                "--virttype",
                platform.type(),
                "--arch",
                platform.architecture(),
                "--machine",
                platform.machine());
    }

    /** The CPU element comes from standard input. */
    String[] compareCpu(GuestPlatform platform) {
        return virsh(
                "hypervisor-cpu-compare",
                STDIN,
                "--virttype",
                platform.type(),
                "--arch",
                platform.architecture(),
                "--machine",
                platform.machine(),
                "--error");
    }

    Question suspend(UUID vm) {
        return deed("guest-pause", "suspend", vm);
    }

    Question resume(UUID vm) {
        return deed("guest-resume", "resume", vm);
    }

    Question destroy(UUID vm) {
        return deed("guest-destroy", "destroy", vm);
    }

    /** Without the flags that would take snapshots or a managed save image along: with those it has to fail. */
    Question undefine(UUID vm) {
        return deed("guest-undefine", "undefine", vm);
    }

    private Question deed(String byHelper, String byVirsh, UUID vm) {
        return question(helper(byHelper, uri, vm.toString()), virsh(byVirsh, vm.toString()));
    }

    private static Question question(String[] byLibrary, String[] byVirsh) {
        return new Question(List.of(byLibrary), List.of(byVirsh));
    }

    /** The definition comes from standard input. */
    String[] define() {
        return virsh("define", STDIN);
    }

    String[] autostart(UUID vm) {
        return virsh("autostart", vm.toString());
    }

    String[] abortJob(UUID vm) {
        return virsh("domjobabort", vm.toString());
    }

    /**
     * Memory onto {@code target}, no disk touched, nothing kept in libvirt. Every disk has to be named: those that
     * aren't would get an overlay.
     */
    String[] snapshot(UUID vm, DevicePath target, List<String> disks) {
        var argv = new ArrayList<>(List.of("snapshot-create-as", vm.toString(), "--no-metadata", "--memspec"));
        // In these lists a comma separates; doubled it is one of the path's.
        argv.add("file=" + target.path().replace(",", ",,") + ",snapshot=external");
        for (var disk : disks) {
            argv.add("--diskspec");
            argv.add(DiskTarget.checked(disk) + ",snapshot=manual");
        }
        return virsh(argv.toArray(String[]::new));
    }

    /**
     * Never with {@code --running}: when the save of a paused guest fails, libvirt 9.0 lets the guest run then ("running
     * (save canceled)").
     */
    String[] save(UUID vm, DevicePath target) {
        return virsh("save", "--bypass-cache", vm.toString(), target.path());
    }

    /** Makes an image's head say that a plain restore lets the guest run. The definition comes from standard input. */
    String[] markImageRunning(DevicePath image) {
        return virsh("save-image-define", image.path(), STDIN, "--running");
    }

    /**
     * Never with {@code --bypass-cache}: libvirt's helper reads past the image's end, the command fails while the guest
     * is there, and libvirt forgets a transient one. The definition comes from standard input.
     */
    String[] restorePaused(DevicePath source) {
        return restorePaused(source.path());
    }

    private String[] restorePaused(String path) {
        return virsh("restore", path, "--paused", "--xml", STDIN);
    }

    /** The same through a FIFO that the helper fills and takes away, cut at the image's end. */
    String[] restorePausedFed(DevicePath source, DataSize length, UUID vm) {
        var fifo = FIFOS + vm;
        var feed = List.of(HostCommand.HELPER, "device-feed", source.path(), Long.toString(length.bytes()), fifo, "--");
        return prefixed(feed, restorePaused(fifo));
    }

    /**
     * From libvirt to libvirt, and paused at the end whatever the guest was. Unsafe in libvirt's word: it knows of few
     * file systems that they are shared; {@link SharedDisks} has seen to it. The definition comes from standard input.
     *
     * @param copied disks that libvirt brings along, into files that are there; it makes none itself but in pools of its own
     */
    String[] migrate(UUID vm, String target, MigrationSettings settings, Collection<String> copied) {
        var argv = new ArrayList<>(List.of("migrate", "--live", "--p2p", "--suspend", "--unsafe", "--xml", STDIN));
        settings.bandwidth().ifPresent(limit -> argv.addAll(List.of("--bandwidth", Integer.toString(limit))));
        if (settings.autoConverge()) {
            argv.add("--auto-converge");
        }
        if (!copied.isEmpty()) {
            var disks = copied.stream().map(DiskTarget::checked).sorted().collect(Collectors.joining(","));
            argv.addAll(List.of("--copy-storage-all", "--migrate-disks", disks));
        }
        argv.addAll(List.of(vm.toString(), target));
        return virsh(argv.toArray(String[]::new));
    }

    /** What another host's libvirt is, asked from this one. */
    String[] peer(String target) {
        return prefixed(List.of("timeout", "20", "env", "LC_ALL=C", "virsh", "-c", target, "--quiet"), "capabilities");
    }

    String[] streamSave(UUID vm, DevicePath target, long limit, boolean live, StreamSettings settings) {
        return new String[] {
            HostCommand.HELPER,
            "stream-save",
            "--uri",
            uri,
            "--guest",
            vm.toString(),
            "--target",
            target.path(),
            "--limit",
            Long.toString(limit),
            "--mode",
            live ? "live" : "paused",
            "--emulated",
            settings.emulatedLive().name().toLowerCase(Locale.ROOT),
            "--writer",
            settings.sink().name().toLowerCase(Locale.ROOT)
        };
    }

    String[] streamCancel(UUID vm) {
        return new String[] {HostCommand.HELPER, "stream-cancel", "--uri", uri, "--guest", vm.toString()};
    }

    private static String[] helper(String... arguments) {
        return prefixed(List.of(HostCommand.HELPER), arguments);
    }

    private String[] several(String mark, List<String> questions) {
        return virsh(String.join("; echo " + mark + "; ", questions));
    }

    private String[] virsh(String... arguments) {
        return prefixed(List.of("env", "LC_ALL=C", "virsh", "-c", uri, "--quiet"), arguments);
    }

    private static String[] prefixed(List<String> prefix, String... arguments) {
        var argv = new ArrayList<>(prefix);
        argv.addAll(Arrays.asList(arguments));
        return argv.toArray(String[]::new);
    }
}
