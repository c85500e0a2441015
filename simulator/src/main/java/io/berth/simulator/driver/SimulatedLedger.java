package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.world.SimulatedDatastore;
import java.util.List;
import java.util.Optional;

/** The ledger on a simulated datastore: each transition can be taken once. */
final class SimulatedLedger implements CheckpointLedger {
    private final SimulatedDatastore datastore;
    private final Calls calls;

    SimulatedLedger(SimulatedDatastore datastore, Calls calls) {
        this.datastore = datastore;
        this.calls = calls;
    }

    @Override
    public Transition advance(Call call, VolumeRef volume, int generation, CheckpointState state) {
        return calls.changeStorage(
                "ledger.advance " + generation + " " + state,
                call.token(),
                () -> datastore.advance(
                        volume,
                        new Transition(
                                generation,
                                state,
                                call.token().operation(),
                                calls.world().clock().instant())));
    }

    @Override
    public void describe(Call call, CheckpointRecord record) {
        calls.changeStorage("ledger.describe", call.token(), () -> {
            datastore.describe(record);
            return true;
        });
    }

    @Override
    public Optional<Entry> find(VolumeRef volume) {
        return calls.lookAtStorage("ledger.find", () -> datastore.entry(volume));
    }

    @Override
    public List<Entry> list() {
        return calls.lookAtStorage("ledger.list", () -> List.copyOf(datastore.entries()));
    }
}
