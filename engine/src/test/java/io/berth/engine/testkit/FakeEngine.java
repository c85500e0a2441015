package io.berth.engine.testkit;

import io.berth.core.journal.OperationEntry;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.Recovered;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.Checkpoints;
import io.berth.engine.DatastoreCheck;
import io.berth.engine.DatastoreView;
import io.berth.engine.Datastores;
import io.berth.engine.Engine;
import io.berth.engine.Finding;
import io.berth.engine.Fleet;
import io.berth.engine.Found;
import io.berth.engine.HostCheck;
import io.berth.engine.HostView;
import io.berth.engine.Hosts;
import io.berth.engine.Machines;
import io.berth.engine.OperationBook;
import io.berth.engine.ScriptTest;
import io.berth.engine.StorageScripts;
import io.berth.engine.Upkeep;
import io.berth.engine.Watch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake engine: answers what a test put in, and notes what it was asked. */
public final class FakeEngine implements Engine {
    public final FakeMachines machines = new FakeMachines();
    public final FakeFleet fleet = new FakeFleet();
    public final FakeCheckpoints checkpoints = new FakeCheckpoints();
    public final FakeOperationBook operations = new FakeOperationBook();
    public final FakeDatastores datastores = new FakeDatastores();
    public final FakeHosts hosts = new FakeHosts();
    public final FakeUpkeep upkeep = new FakeUpkeep();
    public final FakeScripts scripts = new FakeScripts();
    public boolean closed;

    @Override
    public Machines machines() {
        return machines;
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public OperationBook operations() {
        return operations;
    }

    @Override
    public Datastores datastores() {
        return datastores;
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public StorageScripts scripts() {
        return scripts;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Fake datastores. */
    public static final class FakeDatastores implements Datastores {
        public final List<DatastoreView> views = new CopyOnWriteArrayList<>();
        public final List<Failure> silent = new CopyOnWriteArrayList<>();
        public final List<Finding> findings = new CopyOnWriteArrayList<>();
        public final List<String> checked = new CopyOnWriteArrayList<>();

        @Override
        public Found<DatastoreView> list() {
            return new Found<>(views, silent);
        }

        @Override
        public DatastoreCheck check(String datastore, Watch watch) {
            checked.add(datastore);
            return new DatastoreCheck(datastore, findings);
        }
    }

    /** Fake hosts. */
    public static final class FakeHosts implements Hosts {
        public final List<HostView> views = new CopyOnWriteArrayList<>();
        public final List<Finding> findings = new CopyOnWriteArrayList<>();
        public final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public List<HostView> list() {
            return views;
        }

        @Override
        public void add(HostRef host, String address) {
            asked.add("add " + host + " " + address);
        }

        @Override
        public HostCheck check(HostRef host) {
            return new HostCheck(host, findings);
        }

        @Override
        public void remove(HostRef host, boolean onlyForget) {
            asked.add("remove " + host + " " + onlyForget);
        }
    }

    /** Fake upkeep. */
    public static final class FakeScripts implements StorageScripts {
        public final List<ScriptTest.Promise> promises = new CopyOnWriteArrayList<>();

        @Override
        public ScriptTest test(String datastore) {
            return new ScriptTest(datastore, promises);
        }
    }

    public static final class FakeUpkeep implements Upkeep {
        public final List<OperationEntry> open = new CopyOnWriteArrayList<>();
        public final List<Recovered> recovered = new CopyOnWriteArrayList<>();
        public final List<Finding> findings = new CopyOnWriteArrayList<>();
        public final List<Leftover> leftovers = new CopyOnWriteArrayList<>();
        public final List<Failure> silent = new CopyOnWriteArrayList<>();
        public final List<String> asked = new CopyOnWriteArrayList<>();
        public volatile boolean broken;

        @Override
        public List<OperationEntry> unfinished() {
            if (broken) {
                throw Failure.of(FailureKind.ENVIRONMENT, "journal.broken", "the journal can't be read")
                        .next("look at it")
                        .build();
            }
            return open;
        }

        @Override
        public List<Recovered> recover(Set<HostRef> deadHosts, Watch watch) {
            asked.add("recover " + deadHosts);
            return recovered;
        }

        @Override
        public List<String> rebuild() {
            asked.add("rebuild");
            return List.of("suspend 1");
        }

        @Override
        public List<Finding> examine() {
            return findings;
        }

        @Override
        public Found<Leftover> collectGarbage(boolean delete) {
            asked.add("gc " + delete);
            return new Found<>(leftovers, silent);
        }
    }

    /** For fakes that have nothing of that name. */
    public static Failure unknown(String code, String name) {
        return Failure.of(FailureKind.CALLER, code, "nothing named '" + name + "'")
                .next("look for it")
                .build();
    }
}
