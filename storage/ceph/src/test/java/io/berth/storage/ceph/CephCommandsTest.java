package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.Records;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CephCommandsTest {
    private static final Call CALL = Call.of(new FencingToken(Records.VM, 3, new OperationId("abcdefgh")));
    private static final DataSize SIZE = DataSize.ofMebibytes(8);
    private static final VolumeRef VOLUME = new VolumeRef("blue", "berth-1");

    private final CephSettings plain = settings(new CephKey.Usual(), Optional.empty());
    private final CephSettings full = settings(new CephKey.Keyfile("/etc/a,b/$(key)"), Optional.of("n;s"));
    private final CephCommands commands = new CephCommands(full);

    private static CephSettings settings(CephKey key, Optional<String> namespace) {
        return settings("blue", "/etc/a b/one.conf", key, namespace);
    }

    private static CephSettings settings(String datastore, String conf, CephKey key, Optional<String> namespace) {
        return new CephSettings(
                datastore,
                conf,
                "berth",
                key,
                "vms",
                namespace,
                namespace.map(name -> "vms.data"),
                List.of(new HostRef("h1")),
                List.of(AttachWay.values()));
    }

    @Test
    void namesAndPathsGoIntoArgumentsAsTheyAre() {
        assertThat(commands.create(CALL, "berth.berth-1", DataSize.ofMebibytes(8))
                        .argv())
                .containsExactly(
                        "rbd",
                        "create",
                        "--conf",
                        "/etc/a b/one.conf",
                        "--id",
                        "berth",
                        "--keyfile",
                        "/etc/a,b/$(key)",
                        "--client_mount_timeout=10",
                        "--rados_mon_op_timeout=20",
                        "--rados_osd_op_timeout=20",
                        "--pool",
                        "vms",
                        "--namespace",
                        "n;s",
                        "--image",
                        "berth.berth-1",
                        "--size",
                        "8",
                        "--image-feature",
                        "layering,exclusive-lock",
                        "--data-pool",
                        "vms.data");
        assertThat(commands.entries("berth-1/", line -> {}).argv())
                .containsExactly(
                        "berth-host",
                        "ceph-entries",
                        "--conf=/etc/a b/one.conf",
                        "--id=berth",
                        "--pool=vms",
                        "--namespace=n;s",
                        "--keyfile=/etc/a,b/$(key)",
                        "berth.ledger",
                        "berth-1/");
    }

    @Test
    void whatIsNotConfiguredIsLeftToCeph() {
        assertThat(new CephCommands(plain).remove(CALL, "berth.berth-1").argv())
                .contains("rm", "--image", "berth.berth-1")
                .doesNotContain("--keyring", "--keyfile", "--namespace", "--data-pool");
    }

    @Test
    void twoClustersWithPoolsOfOneNameDoNotMeet() {
        var other = settings("red", "/etc/ceph/red.conf", new CephKey.Usual(), Optional.empty());
        var red = new CephCommands(other);

        assertThat(List.of(
                        red.create(CALL, "i", SIZE),
                        red.remove(CALL, "i"),
                        red.status("i"),
                        red.use("i"),
                        red.map(CALL, "krbd", "i"),
                        red.images("", line -> {}),
                        red.entries("", line -> {}),
                        red.take(CALL, "k", new byte[1]),
                        red.refuse(CALL, "10.0.0.1:0/1", Duration.ofDays(1))))
                .allSatisfy(command -> assertThat(command.toString()).contains("/etc/ceph/red.conf"));
        assertThat(new CephNames(other).file(new VolumeRef("red", VOLUME.name())))
                .isNotEqualTo(new CephNames(plain).file(VOLUME));
        assertThat(new ExportCommands(other, new CephNames(other))
                        .start(CALL, new VolumeRef("red", VOLUME.name()))
                        .toString())
                .contains("conf=/etc/ceph/red.conf")
                .doesNotContain("/ceph/blue/");
    }

    @Test
    void ledgerEntriesGetTheirValueByStandardInput() {
        var value = "x".getBytes(StandardCharsets.UTF_8);

        assertThat(commands.take(CALL, "berth-1/g1.writing", value).stdin()).isEqualTo(value);
        assertThat(commands.put(CALL, "berth-1/record", value).stdin()).isEqualTo(value);
    }

    @Test
    void whatChangesSomethingPassesTheGuardAndWhatLooksDoesNot() {
        assertThat(List.of(
                        commands.create(CALL, "i", DataSize.ZERO),
                        commands.resize(CALL, "i", DataSize.ZERO),
                        commands.remove(CALL, "i"),
                        commands.removeSnapshots(CALL, "i"),
                        commands.map(CALL, "krbd", "i"),
                        commands.unmap(CALL, "krbd", "i"),
                        commands.take(CALL, "k", new byte[1]),
                        commands.put(CALL, "k", new byte[1]),
                        commands.drop(CALL, "k")))
                .allSatisfy(command -> assertThat(command.token()).contains(CALL.token()));
        assertThat(List.of(
                        commands.status("i"),
                        commands.use("i"),
                        commands.images("", line -> {}),
                        commands.entries("", line -> {}),
                        commands.room(),
                        CephCommands.mapped("nbd")))
                .allSatisfy(command -> assertThat(command.token()).isEmpty());
    }

    @Test
    void aStorageDaemonGetsEachValueAsOneOptionWhateverIsInIt() {
        var argv = new ExportCommands(full, new CephNames(full))
                .start(CALL, VOLUME)
                .argv();

        assertThat(argv)
                .startsWith(
                        "berth-host",
                        "daemon-start",
                        "/run/berth/ceph/blue/berth-1.pid",
                        "/run/berth/ceph/blue/berth-1.log",
                        "--")
                .contains(
                        "secret,id=key,format=base64,file=/etc/a,,b/$(key)",
                        "driver=rbd,node-name=volume,discard=unmap,conf=/etc/a b/one.conf,user=berth,pool=vms,"
                                + "namespace=n;s,image=berth.berth-1,key-secret=key",
                        "type=fuse,id=volume,node-name=volume,writable=on,mountpoint=/run/berth/ceph/blue/berth-1");
    }
}
