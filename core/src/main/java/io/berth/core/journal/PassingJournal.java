package io.berth.core.journal;

import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Passes everything on to another journal; extend it to change or to watch a part. As thread-safe as the other one. */
public class PassingJournal implements Journal {
    private final Journal sound;

    protected PassingJournal(Journal sound) {
        this.sound = sound;
    }

    @Override
    public Lease acquire(VmRef vm, Owner owner, OperationId operation, long atLeast) {
        return sound.acquire(vm, owner, operation, atLeast);
    }

    @Override
    public void renew(Lease lease) {
        sound.renew(lease);
    }

    @Override
    public void release(Lease lease) {
        sound.release(lease);
    }

    @Override
    public void begin(Lease lease, String kind, String plan) {
        sound.begin(lease, kind, plan);
    }

    @Override
    public void record(Lease lease, List<StepEvent> events) {
        sound.record(lease, events);
    }

    @Override
    public void finish(Lease lease, List<StepEvent> events, OperationState state, String message) {
        sound.finish(lease, events, state, message);
    }

    @Override
    public Optional<OperationEntry> operation(OperationId id) {
        return sound.operation(id);
    }

    @Override
    public List<OperationEntry> open() {
        return sound.open();
    }

    @Override
    public List<OperationEntry> open(UUID vm) {
        return sound.open(vm);
    }

    @Override
    public List<OperationEntry> history(Optional<UUID> vm, int limit) {
        return sound.history(vm, limit);
    }

    @Override
    public List<StepEvent> events(OperationId id) {
        return sound.events(id);
    }

    @Override
    public Optional<Lease> lease(UUID vm) {
        return sound.lease(vm);
    }

    @Override
    public List<HostEntry> hosts() {
        return sound.hosts();
    }

    @Override
    public void putHost(HostEntry host) {
        sound.putHost(host);
    }

    @Override
    public void removeHost(HostRef host) {
        sound.removeHost(host);
    }

    @Override
    public Condition examine() {
        return sound.examine();
    }

    @Override
    public void close() {
        sound.close();
    }
}
