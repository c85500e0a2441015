package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fake hosts with real libvirt, real guests and real block devices: {@code lab/lab} in words of Java. What it can and
 * can't show, {@code lab/README.md} tells. Needs root. Thread-safe.
 */
public final class Lab implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final byte[] NOTHING = new byte[0];

    private final Path program;
    private final Path home;
    private final Ceph ceph;
    private final Set<String> withoutPower = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutCable = ConcurrentHashMap.newKeySet();
    private final Set<String> withBadStorage = ConcurrentHashMap.newKeySet();

    /**
     * @param root of the source tree
     * @param home folder of this lab alone
     */
    public Lab(Path root, Path home) {
        this.program = root.resolve("lab/lab");
        this.home = home;
        this.ceph = new Ceph(words -> call(argv("ceph", words)));
    }

    /** The lab's Ceph cluster, which {@link Ceph#up} starts. */
    public Ceph ceph() {
        return ceph;
    }

    /** How {@code /srv/volatile} misbehaves. */
    public enum Fault {
        FLUSH,
        WRITE,
        FULL,
        NONE
    }

    public void up(String... hosts) {
        call(argv("up", hosts)).orFail();
    }

    /** Plug out: what the host's processes had in their memory is gone. */
    public void powerOff(String host) {
        withoutPower.add(host);
        call(argv("power-off", host)).orFail();
    }

    public void powerOn(String host) {
        call(argv("power-on", host)).orFail();
        withoutPower.remove(host);
        withoutCable.remove(host);
        withBadStorage.remove(host);
    }

    /** Pulls the network cable: packets vanish. */
    public void cut(String host) {
        withoutCable.add(host);
        call(argv("cut", host)).orFail();
    }

    public void join(String host) {
        call(argv("join", host)).orFail();
        withoutCable.remove(host);
    }

    /**
     * Gives every host its power, cable and sound storage back.
     *
     * @return whether one lacked any
     */
    public boolean heal() {
        var ill = !withoutPower.isEmpty() || !withoutCable.isEmpty() || !withBadStorage.isEmpty();
        List.copyOf(withoutPower).forEach(this::powerOn);
        List.copyOf(withoutCable).forEach(this::join);
        List.copyOf(withBadStorage).forEach(host -> fault(host, Fault.NONE));
        ceph.heal();
        return ill;
    }

    public void fault(String host, Fault fault) {
        withBadStorage.add(host);
        call(argv("fault", host, fault.name().toLowerCase(Locale.ROOT))).orFail();
        if (fault == Fault.NONE) {
            withBadStorage.remove(host);
        }
    }

    /** @param options as {@code lab guest --help} tells */
    public void guest(String name, String host, String... options) {
        var words = new ArrayList<>(List.of(name, host));
        words.addAll(List.of(options));
        call(argv("guest", words.toArray(String[]::new))).orFail();
    }

    /** What the guest has said up to now. */
    public Testimony hear(String guest) {
        return Testimony.parse(call(argv("oracle", guest)).orFail().output());
    }

    /**
     * Waits for five more ticks and judges: the very same memory must have gone on, nothing left out and nothing twice.
     *
     * @throws AssertionError if not
     */
    public Testimony goesOn(String guest, Testimony since) {
        var seen = Testimony.parse(call(argv(
                        "oracle",
                        guest,
                        "--since",
                        Long.toString(since.line()),
                        "--wait-ticks",
                        "5",
                        "--timeout",
                        "60",
                        "--strict"))
                .orFail()
                .output());
        if (!seen.nonce().equals(since.nonce()) || seen.memory() <= since.memory()) {
            throw new AssertionError("another guest: " + seen.text() + "\nbefore: " + since.text());
        }
        return seen;
    }

    /** Waits until a guest that was just started ticks with a memory of its own, unlike any it had before. */
    public Testimony boots(String guest) {
        var before = hear(guest);
        call(argv("oracle", guest, "--since", Long.toString(before.line()), "--wait-ticks", "2", "--timeout", "60"))
                .orFail();
        return hear(guest);
    }

    /** Runs a program inside the host. */
    public Ran in(String host, String... argv) {
        return in(host, NOTHING, List.of(argv));
    }

    public Ran in(String host, byte[] input, List<String> argv) {
        var words = new ArrayList<>(List.of(host));
        words.addAll(argv);
        return Program.run(argv("in", words.toArray(String[]::new)), environment(), input, LONGEST);
    }

    /** Starts a program inside the host; it ends when its standard input does, if it is one that reads that. */
    public Process startIn(String host, String... argv) {
        var words = new ArrayList<>(List.of(host));
        words.addAll(List.of(argv));
        return Program.start(argv("in", words.toArray(String[]::new)), environment());
    }

    public Path sshConfiguration() {
        return home.resolve("ssh_config");
    }

    /** What every host sees as {@code /srv/berth}. */
    public Path shared() {
        return home.resolve("shared");
    }

    /** What the host has as {@code /var/lib}. */
    public Path varLib(String host) {
        return home.resolve("hosts").resolve(host).resolve("var-lib");
    }

    /** What the host has as {@code /srv/local}, whether or not it has power. */
    public Path local(String host) {
        return home.resolve("hosts").resolve(host).resolve("srv/local");
    }

    public String status() {
        return call(argv("status")).orFail().output();
    }

    /** Ends everything and deletes its files. */
    @Override
    public void close() {
        call(argv("down")).orFail();
        try {
            Files.deleteIfExists(home.resolve("lock"));
            Files.deleteIfExists(home);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private Ran call(List<String> argv) {
        return Program.run(argv, environment(), NOTHING, LONGEST);
    }

    private Map<String, String> environment() {
        return Map.of("BERTH_LAB", home.toString());
    }

    private List<String> argv(String command, String... words) {
        var argv = new ArrayList<>(List.of(program.toString(), command));
        argv.addAll(List.of(words));
        return argv;
    }
}
