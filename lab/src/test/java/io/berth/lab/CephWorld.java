package io.berth.lab;

import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.ceph.AttachWay;
import io.berth.storage.ceph.CephKey;
import io.berth.storage.ceph.CephSettings;
import io.berth.storage.ceph.CephStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ceph driver over the whole way, with a real cluster behind. Each world has a namespace of its own in the pool. */
final class CephWorld extends RealHostsWorld {
    private static final String DATASTORE = "ceph";
    private static final String LEDGER = "berth.ledger";

    /** Ends daemons and devices whatever became of them: the namespaces' other processes don't matter. */
    private static final String CLEAN = """
            losetup --list --noheadings --raw --output NAME,BACK-FILE | while read -r device file; do
                case $file in /run/berth/ceph/*) losetup --detach "$device" ;; esac
            done
            for process in /run/berth/ceph/*/*.pid; do
                [ -e "$process" ] && kill "$(cat "$process")"
            done
            grep -o ' /run/berth/ceph/[^ ]*' /proc/mounts | while read -r mounted; do
                umount --lazy "$mounted"
            done
            rm -rf /run/berth/ceph
            true
            """;

    private final HostTransport transport;
    private final String namespace = "suite-" + UUID.randomUUID();
    private final StorageDriver driver;

    CephWorld(Lab lab, HostTransport transport) {
        super(lab);
        this.transport = transport;
        lab.ceph()
                .run("rbd", "namespace", "create", "--pool", Ceph.POOL, "--namespace", namespace)
                .orFail();
        this.driver = otherFrontEnd();
    }

    CephSettings settings() {
        return settings(new CephKey.Keyring(Ceph.KEYRING));
    }

    CephSettings settings(CephKey key) {
        return new CephSettings(
                DATASTORE,
                Ceph.CONF,
                Ceph.USER,
                key,
                Ceph.POOL,
                Optional.of(namespace),
                Optional.empty(),
                List.of(first(), second()),
                List.of(AttachWay.values()));
    }

    @Override
    public StorageDriver driver() {
        return driver;
    }

    @Override
    public StorageDriver otherFrontEnd() {
        return new CephStorage(settings(), transport, Clock.systemUTC());
    }

    @Override
    public String datastore() {
        return DATASTORE;
    }

    @Override
    public void litter() {
        for (var name :
                List.of("one-sys-7-checkpoint", "berth", "berth.", "berth.a", "berth.a.b", "berth.-ab", "xberth.ab")) {
            lab().ceph()
                    .run("rbd", "create", "--pool", Ceph.POOL, "--namespace", namespace, "--image", name, "--size", "1")
                    .orFail();
        }
        for (var key : List.of(
                "notes",
                "berth-1/g00.complete",
                "berth-1/g1.done",
                "berth-2/record",
                "a b/record",
                "$(touch hit)/record")) {
            rados("setomapval", LEDGER, key, "nothing of yours").orFail();
        }
    }

    @Override
    public void damageRecord(VolumeRef volume) {
        try {
            var file = Files.createTempFile("berth-record", "");
            var key = volume.name() + "/record";
            rados("getomapval", LEDGER, key, file.toString()).orFail();
            Damage.flipOneBit(file);
            rados("setomapval", LEDGER, key, "--input-file", file.toString()).orFail();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran rados(String... words) {
        var argv = new ArrayList<>(List.of("rados", "--pool", Ceph.POOL, "--namespace", namespace));
        argv.addAll(List.of(words));
        return lab().ceph().run(argv.toArray(String[]::new));
    }

    @Override
    public void close() {
        for (var host : List.of(first(), second())) {
            lab().in(host.name(), "sh", "-c", CLEAN).orFail();
        }
    }
}
