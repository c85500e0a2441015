package io.berth.storage.ceph;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One datastore in a pool of a Ceph cluster. Immutable.
 *
 * @param datastore its name, the one in {@link io.berth.driver.storage.VolumeRef#datastore()}; names folders on hosts,
 *     so letters, digits, dash and underscore only
 * @param conf absolute path of the cluster's configuration file, the same on every host: it tells one cluster from
 *     another
 * @param user the client's name without {@code client.}
 * @param pool where the images' names and the ledger are; replicated
 * @param namespace within the pool
 * @param dataPool where the images' data goes, if that is another pool (erasure coded ones can't hold names)
 * @param hosts who reach the cluster, nearest first; the first that can be reached does what needs no device. At least
 *     one
 * @param ways allowed to attach an image, the preferred one first; at least one
 */
public record CephSettings(
        String datastore,
        String conf,
        String user,
        CephKey key,
        String pool,
        Optional<String> namespace,
        Optional<String> dataPool,
        List<HostRef> hosts,
        List<AttachWay> ways) {
    private static final Pattern DATASTORE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** What divides the parts of an image's name, and what no list of names could be read with. */
    private static final Pattern NAME = Pattern.compile("[^/@\\s\\p{Cntrl}-][^/@\\s\\p{Cntrl}]{0,127}");

    public CephSettings {
        hosts = List.copyOf(hosts);
        ways = List.copyOf(ways);
        if (!DATASTORE.matcher(datastore).matches()) {
            throw bad(
                    "'" + Printable.line(datastore) + "' can't be a datastore's name",
                    "use letters, digits, dashes and underscores, at most 64 of them");
        }
        requirePath(datastore, "conf", conf);
        switch (key) {
            case CephKey.Usual() -> {}
            case CephKey.Keyring(var path) -> requirePath(datastore, "keyring", path);
            case CephKey.Keyfile(var path) -> requirePath(datastore, "keyfile", path);
        }
        requireName(datastore, "user", user);
        requireName(datastore, "pool", pool);
        namespace.ifPresent(name -> requireName(datastore, "namespace", name));
        dataPool.ifPresent(name -> requireName(datastore, "data-pool", name));
        if (hosts.isEmpty()) {
            throw bad("datastore " + datastore + " has no host", "name the hosts that reach the cluster");
        }
        if (ways.isEmpty()) {
            throw bad(
                    "datastore " + datastore + " allows no way to attach an image",
                    "allow at least one of krbd, nbd and export");
        }
    }

    /** Whether Ceph's programs would take it as the name of a user, pool or namespace and of nothing else. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static void requirePath(String datastore, String key, String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "'" + Printable.line(path) + "' can't be the " + key + " of datastore " + datastore,
                    "name the file by its absolute path");
        }
    }

    private static void requireName(String datastore, String key, String name) {
        if (!isName(name)) {
            throw bad(
                    "'" + Printable.line(name) + "' can't be the " + key + " of datastore " + datastore,
                    "give the name alone, without '/', '@' and blanks");
        }
    }

    private static Failure bad(String what, String next) {
        return Failure.of(FailureKind.CALLER, "datastore.bad-settings", what)
                .next(next)
                .build();
    }
}
