package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.storage.VolumeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A host: what is on its disk outlives a power cut, everything else doesn't. */
public final class SimulatedHost {
    private final HostRef ref;
    private final DataSize memory;
    private boolean powered = true;
    private boolean cutOff;
    private boolean refusesRestores;
    private int starts;

    private final Map<UUID, String> definitions = new LinkedHashMap<>();
    private final Map<UUID, Long> epochs = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();

    private final Map<UUID, Departure> departures = new LinkedHashMap<>();

    private final Map<UUID, Copy> copies = new LinkedHashMap<>();
    private final SortedMap<DevicePath, VolumeRef> devices =
            new TreeMap<>((a, b) -> a.path().compareTo(b.path()));
    private final Map<Extent, Content> cache = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();

    private final boolean guarded;

    SimulatedHost(HostRef ref, DataSize memory, boolean guarded) {
        this.ref = ref;
        this.memory = memory;
        this.guarded = guarded;
    }

    public HostRef ref() {
        return ref;
    }

    public DataSize memory() {
        return memory;
    }

    /** What its guests haven't been promised. */
    public DataSize freeMemory() {
        var promised = copies.values().stream()
                .mapToLong(copy -> copy.memory().bytes())
                .sum();
        return new DataSize(Math.max(0, memory.bytes() - promised));
    }

    public boolean isPowered() {
        return powered;
    }

    public boolean isReachable() {
        return powered && !cutOff;
    }

    /** @throws Failure {@code host.unreachable}: whatever was asked isn't done */
    public void requireReachable() {
        if (!isReachable()) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "the host doesn't answer")
                    .host(ref)
                    .next("see whether it is up, then try again")
                    .build();
        }
    }

    /** The door every mutating command passes: refuses a lower epoch, keeps a higher one. */
    public void pass(FencingToken token) {
        var seen = epoch(token.vm().uuid());
        if (guarded && token.epoch() < seen) {
            throw Failure.of(FailureKind.CONFLICT, "guard.refused", "the host refused a command of an older epoch")
                    .host(ref)
                    .why("epoch " + token.epoch() + " is below " + seen)
                    .next("nothing is to be done: another engine took over")
                    .build();
        }
        epochs.put(token.vm().uuid(), Math.max(seen, token.epoch()));
    }

    public long epoch(UUID vm) {
        return epochs.getOrDefault(vm, 0L);
    }

    /** All that it knows without power: guest definitions by VM. */
    public Map<UUID, String> definitions() {
        return definitions;
    }

    /** Symbolic links by path. */
    public Map<String, String> links() {
        return links;
    }

    public Optional<Copy> copy(UUID vm) {
        return Optional.ofNullable(copies.get(vm));
    }

    public Collection<Copy> copies() {
        return copies.values();
    }

    public void put(Copy copy) {
        departures.remove(copy.vm().uuid());
        copies.put(copy.vm().uuid(), copy);
    }

    /** How a guest left it, as far as it has written that down. */
    public Departure departure(UUID vm) {
        return departures.getOrDefault(vm, Departure.UNKNOWN);
    }

    /** Its memory is another host's now. */
    void handOver(UUID vm) {
        remove(vm);
        departures.put(vm, Departure.MIGRATED);
    }

    /** Its memory is gone, and whatever was done with it ends. */
    public void remove(UUID vm) {
        if (copies.remove(vm) != null) {
            departures.put(vm, Departure.ENDED);
        }
        jobs.removeIf(job -> job.vm().uuid().equals(vm));
    }

    public List<Job> jobs() {
        return jobs;
    }

    public Optional<Job> job(UUID vm) {
        return jobs.stream().filter(job -> job.vm().uuid().equals(vm)).findFirst();
    }

    public SortedMap<DevicePath, VolumeRef> devices() {
        return devices;
    }

    public Optional<DevicePath> device(VolumeRef volume) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getValue().equals(volume))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Under the lowest free number, as kernels do it: a path soon means another volume. */
    public DevicePath attach(VolumeRef volume) {
        var there = device(volume);
        if (there.isPresent()) {
            return there.get();
        }
        var number = 0;
        while (devices.containsKey(path(number))) {
            number++;
        }
        devices.put(path(number), volume);
        return path(number);
    }

    private static DevicePath path(int number) {
        return new DevicePath("/dev/loop" + number);
    }

    Optional<Content> cached(Extent extent) {
        return Optional.ofNullable(cache.get(extent));
    }

    public void cache(Extent extent, Content content) {
        cache.put(extent, content);
    }

    public void dropCache(Extent extent) {
        cache.remove(extent);
    }

    /** Something there is so that no guest can be restored. */
    public void refuseRestores() {
        refusesRestores = true;
    }

    public boolean refusesRestores() {
        return refusesRestores;
    }

    /** @param forgets what was written last isn't on its disk */
    void losePower(boolean forgets) {
        powered = false;
        if (forgets) {
            departures.clear();
        }
        copies.clear();
        devices.clear();
        cache.clear();
        jobs.clear();
    }

    void getPower() {
        powered = true;
        starts++;
    }

    /** How often it came up: what was on its way to it before is lost. */
    public int starts() {
        return starts;
    }

    void cutOff(boolean now) {
        cutOff = now;
    }

    @Override
    public String toString() {
        return ref.name();
    }
}
