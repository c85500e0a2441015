package io.berth.bench.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A real Ceph cluster that the lab's hosts reach, and what OpenNebula's stock drivers do with it. Used by one thread. */
public final class CephStage {
    /** Berth's datastore there. */
    public static final String DATASTORE = "rbd";

    /** As the hosts know them. */
    private static final String CONF = "/srv/berth/ceph/ceph.conf";

    private static final String KEYRING = "/srv/berth/ceph/berth.keyring";
    private static final String USER = "berth";
    private static final String POOL = "vms";

    private static final List<String> CLIENT = List.of("--conf", CONF, "--keyring", KEYRING, "--id", USER);
    private static final String STOCK_IMAGE = POOL + "/one-sys-1-checkpoint";
    private static final String STOCK_FILE = "/srv/local/stock-checkpoint";
    private static final long BLOCK = 512;
    private static final Pattern BYTES_WRITTEN = Pattern.compile("\"op_w_in_bytes\":\\s*(\\d+)");
    private static final Pattern BYTES_READ = Pattern.compile("\"op_r_out_bytes\":\\s*(\\d+)");

    private static final String FILL = """
            import rados, rbd, sys, threading
            with rados.Rados(conffile="") as cluster, cluster.open_ioctx(sys.argv[1]) as pool:
                def make(first):
                    for number in range(first, int(sys.argv[2]), 16):
                        rbd.RBD().create(pool, "berth.fill-%05d" % number, 4 << 20, old_format=False, features=1)
                threads = [threading.Thread(target=make, args=(first,)) for first in range(16)]
                [thread.start() for thread in threads]
                [thread.join() for thread in threads]
            """;

    private final Lab lab;

    CephStage(Lab lab) {
        this.lab = lab;
        lab.ceph("up");
        lab.in(Stage.HOST, "mkdir", "-p", "/srv/local");
    }

    /** Berth's datastore there, as its configuration has it. */
    static String datastore() {
        return """
                %s:
                  driver: ceph
                  conf: %s
                  user: %s
                  keyring: %s
                  pool: %s
                  hosts: [%s, %s]
                """.formatted(DATASTORE, CONF, USER, KEYRING, POOL, Stage.HOST, Stage.OTHER_HOST);
    }

    /**
     * What the stock drivers' way came to.
     *
     * @param save seconds for {@code virsh save} to a file and {@code rbd import} of it
     * @param restore seconds for {@code rbd export}, {@code rbd rm} and {@code virsh restore}
     * @param files bytes written to files on the host
     */
    public record Stock(double save, double restore, long files) {
        public double both() {
            return save + restore;
        }
    }

    /** The stock drivers' way with that guest, there and back: by the same commands on the host itself. */
    public Stock stock(LabGuest guest) {
        var save = lab.timed(Stage.HOST, "virsh", "--quiet", "save", guest.name(), STOCK_FILE)
                        .seconds()
                + rbd("import", "--no-progress", STOCK_FILE, STOCK_IMAGE);
        var files = fileBytes();
        lab.in(Stage.HOST, "rm", STOCK_FILE);
        var restore = rbd("export", "--no-progress", STOCK_IMAGE, STOCK_FILE)
                + rbd("rm", "--no-progress", STOCK_IMAGE)
                + lab.timed(Stage.HOST, "virsh", "--quiet", "restore", STOCK_FILE)
                        .seconds();
        files += fileBytes();
        lab.in(Stage.HOST, "rm", STOCK_FILE);
        guest.settle();
        return new Stock(save, restore, files);
    }

    private double rbd(String... words) {
        var argv = new ArrayList<>(List.of("rbd"));
        argv.addAll(CLIENT);
        argv.addAll(List.of(words));
        return lab.timed(Stage.HOST, argv.toArray(String[]::new)).seconds();
    }

    private long fileBytes() {
        return Long.parseLong(
                        lab.in(Stage.HOST, "stat", "--format=%b", STOCK_FILE).strip())
                * BLOCK;
    }

    /**
     * What clients ever sent to the cluster's disk daemon, and got from it.
     *
     * @param written bytes
     * @param read bytes
     */
    public record Traffic(long written, long read) {
        public Traffic since(Traffic before) {
            return new Traffic(written - before.written, read - before.read);
        }
    }

    public Traffic traffic() {
        var counters = lab.ceph("run", "ceph", "tell", "osd.0", "perf", "dump", "osd");
        return new Traffic(number(BYTES_WRITTEN, counters), number(BYTES_READ, counters));
    }

    private static long number(Pattern pattern, String counters) {
        var matcher = pattern.matcher(counters);
        if (!matcher.find()) {
            throw new IllegalStateException("the disk daemon doesn't count " + pattern + ": " + counters);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Bytes by which the file systems of the host grow at the peak while that is done. */
    public long spaceNeeded(Runnable deed) {
        return new HostSpace(lab).growth(Stage.HOST, deed);
    }

    /** Makes that many volumes with nothing in them. They stay as long as the cluster does. */
    public void fill(int volumes) {
        lab.ceph("run", "/usr/bin/python3", "-c", FILL, POOL, "" + volumes);
    }

    /** Seconds that it takes to list all volumes with their sizes, on the host itself. */
    public double listVolumes(int expected) {
        var helper = "/usr/local/lib/berth/berth-host";
        var begin = "began=$EPOCHREALTIME; count=$(\"$@\" | grep -c fill-); "
                + "echo \"${began/./} ${EPOCHREALTIME/./} $count\"";
        var answer = lab.in(
                        Stage.HOST,
                        "bash",
                        "-c",
                        begin,
                        "listing",
                        helper,
                        "ceph-images",
                        "--conf=" + CONF,
                        "--id=" + USER,
                        "--pool=" + POOL,
                        "--keyring=" + KEYRING,
                        "berth.")
                .strip()
                .split(" ");
        if (Integer.parseInt(answer[2]) != expected) {
            throw new IllegalStateException("of " + expected + " volumes " + answer[2] + " were listed");
        }
        return new Span(Long.parseLong(answer[0]), Long.parseLong(answer[1])).seconds();
    }
}
