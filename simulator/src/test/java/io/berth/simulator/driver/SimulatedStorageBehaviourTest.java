package io.berth.simulator.driver;

import io.berth.driver.storage.StorageCapabilities;
import io.berth.tck.StorageDriverBehaviour;
import io.berth.tck.StorageWorld;
import org.junit.jupiter.api.Nested;

/** The published suite on the storage that faults are tried on, with all that a datastore can do and with the least. */
class SimulatedStorageBehaviourTest {
    @Nested
    class WithAll extends StorageDriverBehaviour {
        @Override
        protected StorageWorld openWorld() {
            return new SimulatedStorageWorld(new StorageCapabilities(true, true, true, true, true));
        }
    }

    @Nested
    class WithTheLeast extends StorageDriverBehaviour {
        @Override
        protected StorageWorld openWorld() {
            return new SimulatedStorageWorld(new StorageCapabilities(true, false, false, false, false));
        }
    }
}
