package io.berth.storage.ceph;

/** Where on each host the user's key is. Berth hands on paths and never reads one. */
public sealed interface CephKey {
    /** Where Ceph looks by itself, or the configuration file says. */
    record Usual() implements CephKey {}

    /** @param path absolute path of a keyring, as {@code ceph auth get} writes it */
    record Keyring(String path) implements CephKey {}

    /** @param path absolute path of a file with the bare key, as {@code ceph auth get-key} writes it */
    record Keyfile(String path) implements CephKey {}
}
