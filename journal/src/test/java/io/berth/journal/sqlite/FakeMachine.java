package io.berth.journal.sqlite;

import io.berth.core.journal.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A machine whose processes live and whose time passes as a test says; also its wall clock. */
final class FakeMachine implements Machine, InstantSource {
    private static final long TICKS = 100;

    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong pids = new AtomicLong(1000);
    private volatile String identity = "first-boot/pid:[1]";
    private volatile Duration uptime = Duration.ofMinutes(10);
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Owner start(String name) {
        var pid = pids.incrementAndGet();
        running.add(pid);
        return new Owner(name, identity, pid, TICKS + pid);
    }

    void kill(Owner owner) {
        running.remove(owner.pid());
    }

    void reboot() {
        identity = "second-boot/pid:[1]";
        uptime = Duration.ofSeconds(20);
    }

    void enterContainer() {
        identity = identity.replace("pid:[1]", "pid:[2]");
    }

    void pass(Duration time) {
        uptime = uptime.plus(time);
        now = now.plus(time);
    }

    void setWallClock(Instant time) {
        now = time;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public long uptimeMillis() {
        return uptime.toMillis();
    }

    @Override
    public boolean runs(long pid, long started) {
        return running.contains(pid) && started == TICKS + pid;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
