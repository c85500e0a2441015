package io.berth.engine.configuration;

import io.berth.storage.ceph.AttachWay;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of a datastore in a Ceph cluster. */
final class CephKeys {
    static final Key<Path> CONF = Key.of(
            "conf",
            Forms.absolutePath(),
            Path.of("/etc/ceph/ceph.conf"),
            "`/etc/ceph/ceph.conf`",
            "The cluster's configuration file, the same path on every host of the datastore.");
    static final Key<String> USER = Key.required(
            "user",
            Forms.cephName(),
            "Ceph user without `client.`. It needs the caps mon `profile rbd` and osd `profile rbd pool=POOL`.");
    static final Key<Path> KEYRING = new Key<>(
            "keyring",
            Forms.absolutePath(),
            Optional.empty(),
            "where Ceph looks by itself",
            "A keyring with the user's key, on every host of the datastore. Berth never reads it.");
    static final Key<Path> KEYFILE = new Key<>(
            "keyfile",
            Forms.absolutePath(),
            Optional.empty(),
            "where Ceph looks by itself",
            "A file with the bare key, in place of a keyring.");
    static final Key<String> POOL = Key.required(
            "pool", Forms.cephName(), "Where the images and the ledger of checkpoints are. A replicated pool.");
    static final Key<String> NAMESPACE = new Key<>(
            "namespace", Forms.cephName(), Optional.empty(), "the pool's unnamed one", "A namespace within the pool.");
    static final Key<String> DATA_POOL = new Key<>(
            "data-pool",
            Forms.cephName(),
            Optional.empty(),
            "the pool itself",
            "Where the images' data goes; may be an erasure coded pool.");
    static final Key<List<AttachWay>> ATTACH = Key.of(
            "attach",
            new Form.Many<>(Forms.words(AttachWay.class)),
            List.of(AttachWay.values()),
            "`[krbd, nbd, export]`",
            "Ways to make a device of an image, the preferred one first; the first that a host can is taken. `krbd`: the"
                    + " kernel's client. `nbd`: rbd-nbd. `export`: qemu-storage-daemon and a loop device.");

    static final List<Key<?>> ALL = List.of(CONF, USER, KEYRING, KEYFILE, POOL, NAMESPACE, DATA_POOL, ATTACH);

    private CephKeys() {}
}
