package io.berth.storage.ceph;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.storage.Capacity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what Ceph's programs print with {@code --format json}. An answer that is cut off, or lacks what every answer of
 * its kind has, is empty: it is never taken for one that says "none".
 */
final class CephJson {
    private CephJson() {}

    /** An image that a host has mapped. */
    record Mapped(String id, String pool, String namespace, String image, DevicePath device) {}

    /** {@code rbd status}: the addresses of those who have the image open, each with its nonce. */
    static Optional<List<String>> watchers(String json) {
        return JsonTree.read(json)
                .flatMap(root -> list(root, "watchers"))
                .flatMap(watchers -> all(watchers.stream().map(watcher -> text(watcher, "address"))));
    }

    /** {@code rbd du}: what one image takes of the storage, its snapshots left out. */
    static Optional<DataSize> used(String json) {
        return JsonTree.read(json)
                .flatMap(root -> list(root, "images"))
                .flatMap(images -> images.stream()
                        .filter(image -> part(image, "snapshot").isEmpty())
                        .findFirst())
                .flatMap(image -> size(image, "used_size"));
    }

    /** {@code rbd device list}, of the kernel's client or of rbd-nbd, which name the image's name differently. */
    static Optional<List<Mapped>> mapped(String json) {
        return JsonTree.read(json)
                .flatMap(CephJson::asList)
                .flatMap(mappings -> all(mappings.stream()
                        .filter(mapping -> !isSnapshot(mapping))
                        .map(CephJson::mapping)));
    }

    private static boolean isSnapshot(Object mapping) {
        return text(mapping, "snap")
                .filter(name -> !name.equals("-") && !name.isEmpty())
                .isPresent();
    }

    private static Optional<Mapped> mapping(Object node) {
        var id = part(node, "id").map(Object::toString);
        var image = text(node, "name").or(() -> text(node, "image"));
        var device = text(node, "device").filter(path -> path.startsWith("/dev/"));
        var pool = text(node, "pool");
        return id.isPresent() && image.isPresent() && device.isPresent() && pool.isPresent()
                ? Optional.of(new Mapped(
                        id.get(),
                        pool.get(),
                        text(node, "namespace").orElse(""),
                        image.get(),
                        new DevicePath(device.get())))
                : Optional.empty();
    }

    /** {@code ceph df detail}: the room in a pool, which its quota may end before its disks do; empty without that pool. */
    static Optional<Capacity> room(String json, String pool) {
        return JsonTree.read(json)
                .flatMap(root -> list(root, "pools"))
                .flatMap(pools -> pools.stream()
                        .filter(each -> text(each, "name").equals(Optional.of(pool)))
                        .findFirst())
                .flatMap(found -> part(found, "stats"))
                .flatMap(CephJson::room);
    }

    private static Optional<Capacity> room(Object stats) {
        var stored = size(stats, "stored");
        var available = size(stats, "max_avail");
        var quota = size(stats, "quota_bytes");
        if (stored.isEmpty() || available.isEmpty() || quota.isEmpty()) {
            return Optional.empty();
        }
        var disks = new Capacity(stored.get().plus(available.get()), available.get());
        if (quota.get().equals(DataSize.ZERO)) {
            return Optional.of(disks);
        }
        var left = new DataSize(Math.max(0, quota.get().bytes() - stored.get().bytes()));
        return Optional.of(new Capacity(smaller(quota.get(), disks.total()), smaller(left, disks.free())));
    }

    private static DataSize smaller(DataSize one, DataSize other) {
        return one.exceeds(other) ? other : one;
    }

    private static Optional<Object> part(Object node, String name) {
        return node instanceof Map<?, ?> object ? Optional.ofNullable(object.get(name)) : Optional.empty();
    }

    private static Optional<List<?>> list(Object node, String name) {
        return part(node, name).flatMap(CephJson::asList);
    }

    private static Optional<List<?>> asList(Object node) {
        return node instanceof List<?> list ? Optional.of(list) : Optional.empty();
    }

    private static Optional<String> text(Object node, String name) {
        return part(node, name).filter(String.class::isInstance).map(String.class::cast);
    }

    private static Optional<DataSize> size(Object node, String name) {
        return part(node, name)
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .filter(number -> number >= 0)
                .map(DataSize::new);
    }

    /** All of them, or nothing when one is missing. */
    private static <T> Optional<List<T>> all(Stream<Optional<T>> parts) {
        var list = parts.toList();
        return list.stream().allMatch(Optional::isPresent)
                ? Optional.of(list.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }
}
