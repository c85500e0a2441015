package io.berth.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The lab's Ceph cluster: a monitor, a manager and one disk daemon, real ones. Its client's files are in
 * {@code /srv/berth/ceph} on every host. Thread-safe.
 */
public final class Ceph {
    /** The pool that the client may use. */
    public static final String POOL = "vms";
    /** The client's name. */
    public static final String USER = "berth";

    public static final String CONF = "/srv/berth/ceph/ceph.conf";
    public static final String KEYRING = "/srv/berth/ceph/berth.keyring";
    public static final String KEYFILE = "/srv/berth/ceph/berth.key";

    private final Function<String[], Ran> command;
    private final AtomicBoolean ill = new AtomicBoolean();

    Ceph(Function<String[], Ran> command) {
        this.command = command;
    }

    /** What goes wrong with it. */
    public enum Fault {
        /** The monitor dies. */
        MON,
        /** The disk daemon dies. */
        OSD,
        /** Nobody reaches it. */
        NETWORK,
        /** The pool is full. */
        FULL
    }

    /** Starts it, if it isn't up; some ten seconds. */
    public void up() {
        command.apply(new String[] {"up"}).orFail();
    }

    public void fault(Fault fault) {
        ill.set(true);
        command.apply(new String[] {"fault", fault.name().toLowerCase(Locale.ROOT)})
                .orFail();
    }

    /** Puts right whatever went wrong; the disk daemon needs some seconds more. */
    public void heal() {
        if (ill.getAndSet(false)) {
            command.apply(new String[] {"fault", "none"}).orFail();
        }
    }

    /** Runs {@code ceph}, {@code rbd} or {@code rados} as the cluster's administrator. */
    public Ran run(String... argv) {
        var words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(argv));
        return command.apply(words.toArray(String[]::new));
    }
}
