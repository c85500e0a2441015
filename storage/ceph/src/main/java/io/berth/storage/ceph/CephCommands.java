package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The arguments of every command about the cluster; nothing else builds any. Each ends by itself when the cluster
 * doesn't answer: Ceph's own programs wait for minutes, or for ever.
 */
final class CephCommands {
    /** The features that every client knows, the kernel's too. */
    private static final String FEATURES = "layering,exclusive-lock";

    /** Ten thousand volumes take a second; a cluster that recovers from a loss far longer. */
    private static final Duration WHOLE_POOL = Duration.ofMinutes(2);

    private static final List<String> LIMITS =
            List.of("--client_mount_timeout=10", "--rados_mon_op_timeout=20", "--rados_osd_op_timeout=20");

    private final CephSettings settings;

    CephCommands(CephSettings settings) {
        this.settings = settings;
    }

    HostCommand take(Call call, String key, byte[] value) {
        return HostCommand.changing(call, helper("ceph-take", CephNames.LEDGER, key))
                .withStdin(value);
    }

    HostCommand put(Call call, String key, byte[] value) {
        return HostCommand.changing(call, helper("ceph-put", CephNames.LEDGER, key))
                .withStdin(value);
    }

    HostCommand drop(Call call, String prefix) {
        return HostCommand.changing(call, helper("ceph-drop", CephNames.LEDGER, prefix));
    }

    HostCommand entries(String prefix, Consumer<String> lines) {
        return HostCommand.reading(helper("ceph-entries", CephNames.LEDGER, prefix))
                .withDeadline(WHOLE_POOL)
                .withOutputLines(lines);
    }

    HostCommand images(String prefix, Consumer<String> lines) {
        return HostCommand.reading(helper("ceph-images", prefix))
                .withDeadline(WHOLE_POOL)
                .withOutputLines(lines);
    }

    HostCommand room() {
        return HostCommand.reading(helper("ceph-room"));
    }

    HostCommand refuse(Call call, String client, Duration atLeast) {
        return HostCommand.changing(call, helper("ceph-block", client, Long.toString(atLeast.toSeconds())));
    }

    private String[] helper(String command, String... operands) {
        var argv = new ArrayList<>(List.of(
                HostCommand.HELPER,
                command,
                "--conf=" + settings.conf(),
                "--id=" + settings.user(),
                "--pool=" + settings.pool()));
        settings.namespace().ifPresent(name -> argv.add("--namespace=" + name));
        switch (settings.key()) {
            case CephKey.Usual() -> {}
            case CephKey.Keyring(var path) -> argv.add("--keyring=" + path);
            case CephKey.Keyfile(var path) -> argv.add("--keyfile=" + path);
        }
        argv.addAll(List.of(operands));
        return argv.toArray(String[]::new);
    }

    /** @param size a multiple of 1 MiB */
    HostCommand create(Call call, String image, DataSize size) {
        var options = new ArrayList<>(List.of("--size", mebibytes(size), "--image-feature", FEATURES));
        settings.dataPool().ifPresent(pool -> options.addAll(List.of("--data-pool", pool)));
        return HostCommand.changing(call, rbd(List.of("create"), image, options));
    }

    /** @param size a multiple of 1 MiB, more than the image has */
    HostCommand resize(Call call, String image, DataSize size) {
        return HostCommand.changing(
                call, rbd(List.of("resize"), image, List.of("--size", mebibytes(size), "--no-progress")));
    }

    HostCommand remove(Call call, String image) {
        return HostCommand.changing(call, rbd(List.of("rm"), image, List.of("--no-progress")));
    }

    HostCommand removeSnapshots(Call call, String image) {
        return HostCommand.changing(call, rbd(List.of("snap", "purge"), image, List.of("--no-progress")));
    }

    /** Who has the image open. */
    HostCommand status(String image) {
        return HostCommand.reading(rbd(List.of("status"), image, List.of("--format", "json")));
    }

    /** What the image takes: looks at each of its objects. */
    HostCommand use(String image) {
        return HostCommand.reading(rbd(List.of("du"), image, List.of("--format", "json")))
                .withDeadline(WHOLE_POOL);
    }

    HostCommand map(Call call, String type, String image) {
        return HostCommand.changing(call, rbd(List.of("device", "map"), image, List.of("--device-type", type)));
    }

    /** As a client of its own: the kernel's mappings otherwise share one, and could be refused only all together. */
    HostCommand mapAlone(Call call, String type, String image) {
        return HostCommand.changing(
                call, rbd(List.of("device", "map"), image, List.of("--device-type", type, "--options", "noshare")));
    }

    HostCommand unmap(Call call, String type, String image) {
        return HostCommand.changing(call, rbd(List.of("device", "unmap"), image, List.of("--device-type", type)));
    }

    /** What the host has mapped, of whatever cluster: asks no cluster. */
    static HostCommand mapped(String type) {
        return HostCommand.reading("rbd", "device", "list", "--device-type", type, "--format", "json");
    }

    private String[] rbd(List<String> command, String image, List<String> options) {
        var argv = new ArrayList<>(List.of("rbd"));
        argv.addAll(command);
        argv.addAll(List.of("--conf", settings.conf(), "--id", settings.user()));
        switch (settings.key()) {
            case CephKey.Usual() -> {}
            case CephKey.Keyring(var path) -> argv.addAll(List.of("--keyring", path));
            case CephKey.Keyfile(var path) -> argv.addAll(List.of("--keyfile", path));
        }
        argv.addAll(LIMITS);
        argv.addAll(List.of("--pool", settings.pool()));
        settings.namespace().ifPresent(name -> argv.addAll(List.of("--namespace", name)));
        argv.addAll(List.of("--image", image));
        argv.addAll(options);
        return argv.toArray(String[]::new);
    }

    private static String mebibytes(DataSize size) {
        var unit = DataSize.ofMebibytes(1).bytes();
        return Long.toString(Math.ceilDiv(size.bytes(), unit));
    }
}
