package io.berth.engine.configuration;

import io.berth.core.fleet.FleetLimits;
import io.berth.core.operation.OperationSettings;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.hypervisor.libvirt.EmulatedLive;
import io.berth.hypervisor.libvirt.MigrationSettings;
import io.berth.hypervisor.libvirt.StreamSink;
import io.berth.storage.files.SharedFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key there is. The reader and the reference page are made of these. */
final class Keys {
    private static final String USUAL_HELPER = "/usr/local/lib/berth/berth-host";

    static final Key<String> DEFAULT_DATASTORE = new Key<>(
            "default-datastore",
            Forms.name(),
            Optional.empty(),
            "the only datastore, if there is one alone",
            "Where checkpoints go when `--datastore` isn't given.");
    static final Key<Path> LINK_FOLDER = Key.of(
            "link-folder",
            Forms.absolutePath(),
            Path.of("/var/lib/berth/checkpoints"),
            "`/var/lib/berth/checkpoints`",
            "Folder on the hosts for the link at a checkpoint's standard path, `FOLDER/UUID/checkpoint`.");

    static final Key<DatastoreDriver> DRIVER = Key.required(
            "driver",
            Forms.words(DatastoreDriver.class),
            "What kind of storage it is. `loop`: sparse files in a folder, attached as loop devices. `directory`: plain"
                    + " files in a folder. `ceph`: images in a pool of a Ceph cluster. `script`: whatever your own scripts"
                    + " make.");
    static final Key<Path> FOLDER = Key.required(
            "folder",
            Forms.absolutePath(),
            "Where the volumes lie, the same path on every host of the datastore. Berth doesn't make it: made where a"
                    + " mount is missing it would hide that.");
    static final Key<SharedFolder.Mode> SHARED = Key.of(
            "shared",
            Forms.words(SharedFolder.Mode.class),
            SharedFolder.Mode.YES,
            "`yes`",
            "Whether all its hosts see the same folder. `no`: each has one of its own; a VM whose disks lie in a folder"
                    + " below it takes that along when it goes to another host through a checkpoint. `auto`: found out"
                    + " for each pair of hosts. Checkpoints can be put there with `yes` alone.");
    static final Key<CheckpointLocation> CHECKPOINT_LOCATION = Key.of(
            "checkpoint-location",
            Forms.words(CheckpointLocation.class),
            CheckpointLocation.BLOCK,
            "`block`",
            "Where the memory of the VMs goes whose disks are in directories here, when `--datastore` isn't given. `block`:"
                    + " where all checkpoints go, see `default-datastore`. `file`: into a file on this datastore, beside the"
                    + " VM's directory and not in it; needs `shared: yes`. `system`: into a file there first,"
                    + " which is then copied to where `block` puts it and removed; slower, and the guest stands still for"
                    + " both. `suspend --all` and evacuations put all on one datastore, straight.");
    static final Key<Duration> ATTRIBUTE_CACHE_TIME = Key.of(
            "attribute-cache-time",
            Forms.duration(Duration.ZERO, Duration.ofHours(1)),
            SharedFolder.USUAL_CACHE_TIME,
            "`60s`",
            "With `shared: auto`: how long a host may go on to believe that a name is or isn't there (NFS: `acdirmax`)."
                    + " So long a folder that a VM has left is kept aside before it is deleted.");
    static final Key<List<HostRef>> HOSTS = Key.of(
            "hosts",
            new Form.Many<>(Forms.host()),
            List.of(),
            "every host",
            "The hosts that see the storage. The first that answers does the work that needs no device.");
    static final Key<List<MemoryWriter>> WRITERS = Key.of(
            "writers",
            new Form.Many<>(Forms.writer()),
            OperationSettings.SAFE,
            "`[stream, snapshot]`",
            "Ways to write memory onto it, the preferred one first. `stream` and `snapshot` keep the guest until its"
                    + " checkpoint is complete, `live-stream` begins while it runs, `fast` lets the hypervisor end it.");

    static final Key<String> SSH_PROGRAM = Key.of(
            "program",
            Forms.text("the name or path of an OpenSSH client"),
            "ssh",
            "`ssh`",
            "The ssh client. It uses the user's own configuration, agent and known hosts.");
    static final Key<Path> SSH_CONFIGURATION = new Key<>(
            "config-file",
            Forms.absolutePath(),
            Optional.empty(),
            "the user's own `~/.ssh/config`",
            "Another ssh configuration (`ssh -F`).");
    static final Key<Duration> SSH_CONNECT = Key.of(
            "connect-timeout",
            Forms.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            Duration.ofSeconds(10),
            "`10s`",
            "How long a host may take to answer. Enforced by the transport; the helper's first word may take as long"
                    + " again.");
    static final Key<Duration> SSH_KEEP = Key.of(
            "keep-connections",
            Forms.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofMinutes(1),
            "`1m`",
            "How long a connection that nobody uses is kept for the next command, which then needn't log in again; `0s`:"
                    + " not at all.");

    static final Key<Path> HELPER_LOCAL = Key.of(
            "local-path",
            Forms.absolutePath(),
            Path.of(USUAL_HELPER),
            "`" + USUAL_HELPER + "`",
            "The host helper of this machine, for hosts with the address `local`.");
    static final Key<Path> HELPER_REMOTE = Key.of(
            "remote-path",
            Forms.absolutePath(),
            Path.of(USUAL_HELPER),
            "`" + USUAL_HELPER + "`",
            "Where the helper is on other hosts.");
    static final Key<Path> HELPER_STATE = new Key<>(
            "local-state-folder",
            Forms.absolutePath(),
            Optional.empty(),
            "the helper's own choice",
            "Where the helper of this machine keeps what the guard has seen.");

    static final Key<String> LIBVIRT_URI = Key.of(
            "uri",
            Forms.libvirtUri(),
            "qemu:///system",
            "`qemu:///system`",
            "The libvirt connection, as seen on each host.");
    static final Key<List<MemoryWriter>> LIBVIRT_WRITERS = Key.of(
            "writers",
            new Form.Many<>(Forms.writer()),
            Writers.all(),
            "all",
            "Ways to write memory that may be used at all. Without the two stream ones no monitor command is sent.");
    static final Key<List<Transformation>> LIBVIRT_TRANSFORMATIONS = Key.of(
            "transformations",
            new Form.Many<>(TransformationForm.form()),
            List.of(
                    new Transformation.PinMachine(),
                    new Transformation.PinCpu(),
                    new Transformation.FreePageReporting()),
            "`[pin-machine, pin-cpu, free-page-reporting]`",
            "What is done to a domain's XML before it is deployed or restored, in this order."
                    + " `berth domain explain VM` shows what each did.");

    static final Key<EmulatedLive> LIBVIRT_EMULATED_LIVE = Key.of(
            "emulated-live",
            Forms.words(EmulatedLive.class),
            EmulatedLive.PAUSE,
            "`pause`",
            "What `live-stream` and live migration do with a guest without hardware virtualisation. `live` is unsafe, for measurements"
                    + " alone: QEMU's emulation misses pages that the guest writes meanwhile.");

    static final Key<StreamSink> LIBVIRT_STREAM_SINK = Key.of(
            "stream-sink",
            Forms.words(StreamSink.class),
            StreamSink.DIRECT,
            "`direct`",
            "Who puts a stream onto the device: the host helper itself, or `dd`, for devices on which the helper's own"
                    + " direct I/O doesn't work; slower.");

    static final Key<String> LIBVIRT_MIGRATION_URI = Key.of(
            "migration-uri",
            Forms.peerUri(),
            MigrationSettings.defaults().uri(),
            "`qemu+ssh://{host}/system?no_tty=1`",
            "For live migration: the target's libvirt as root of the source reaches it. `{host}` is the target's name.");
    static final Key<Integer> LIBVIRT_MIGRATION_BANDWIDTH = new Key<>(
            "migration-bandwidth",
            Forms.number(1, 1_000_000),
            Optional.empty(),
            "what the network gives",
            "Most MiB a second that one live migration takes.");
    static final Key<Boolean> LIBVIRT_MIGRATION_AUTO_CONVERGE = Key.of(
            "migration-auto-converge",
            Forms.yesOrNo(),
            MigrationSettings.defaults().autoConverge(),
            "`no`",
            "Whether a guest is slowed down that writes its memory faster than it is moved.");
    static final Key<Integer> LIBVIRT_MIGRATION_PASSES = Key.of(
            "migration-passes",
            Forms.number(2, 1000),
            MigrationSettings.defaults().passes(),
            "`50`",
            "How often a live migration goes over a guest's memory before it is given up and the guest goes on where it"
                    + " was.");

    static final Key<Integer> LIMIT_HOST = Key.of(
            "host",
            Forms.number(1, 1000),
            FleetLimits.USUAL.host(),
            "`" + FleetLimits.USUAL.host() + "`",
            "Operations at once on each host. A migration counts on both of its hosts.");
    static final Key<Integer> LIMIT_DATASTORE = Key.of(
            "datastore",
            Forms.number(1, 1000),
            FleetLimits.USUAL.datastore(),
            "`" + FleetLimits.USUAL.datastore() + "`",
            "Operations at once on each datastore.");

    static final Key<LogLevel> LOG_LEVEL = Key.of(
            "level",
            Forms.words(LogLevel.class),
            LogLevel.INFO,
            "`info`",
            "`info`: a line for each change of state. `debug`: also each command with its duration.");

    static final List<Key<?>> ANY_DATASTORE = List.of(DRIVER, HOSTS, WRITERS);
    static final List<Key<?>> FOLDER_DATASTORE = List.of(FOLDER);
    static final List<Key<?>> DIRECTORY_DATASTORE = List.of(SHARED, ATTRIBUTE_CACHE_TIME, CHECKPOINT_LOCATION);
    static final List<Key<?>> DATASTORE = Stream.of(
                    ANY_DATASTORE, FOLDER_DATASTORE, DIRECTORY_DATASTORE, CephKeys.ALL, ScriptKeys.ALL)
            .<Key<?>>flatMap(List::stream)
            .toList();
    static final List<Key<?>> SSH = List.of(SSH_PROGRAM, SSH_CONFIGURATION, SSH_CONNECT, SSH_KEEP);
    static final List<Key<?>> HELPER = List.of(HELPER_LOCAL, HELPER_REMOTE, HELPER_STATE);
    static final List<Key<?>> LIBVIRT = List.of(
            LIBVIRT_URI,
            LIBVIRT_WRITERS,
            LIBVIRT_TRANSFORMATIONS,
            LIBVIRT_EMULATED_LIVE,
            LIBVIRT_STREAM_SINK,
            LIBVIRT_MIGRATION_URI,
            LIBVIRT_MIGRATION_BANDWIDTH,
            LIBVIRT_MIGRATION_AUTO_CONVERGE,
            LIBVIRT_MIGRATION_PASSES);
    static final List<Key<?>> LIMITS = List.of(LIMIT_HOST, LIMIT_DATASTORE);
    static final List<Key<?>> LOG = List.of(LOG_LEVEL);
    static final List<Key<?>> TOP = List.of(DEFAULT_DATASTORE, LINK_FOLDER);

    private Keys() {}

    /** Those of a datastore with that driver. */
    static List<Key<?>> of(DatastoreDriver driver) {
        var own = switch (driver) {
            case LOOP -> List.of(FOLDER_DATASTORE);
            case DIRECTORY -> List.of(FOLDER_DATASTORE, DIRECTORY_DATASTORE);
            case CEPH -> List.of(CephKeys.ALL);
            case SCRIPT -> List.of(ScriptKeys.ALL);
        };
        return Stream.concat(Stream.of(ANY_DATASTORE), own.stream())
                .<Key<?>>flatMap(List::stream)
                .toList();
    }
}
