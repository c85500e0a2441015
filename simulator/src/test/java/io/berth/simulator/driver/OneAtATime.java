package io.berth.simulator.driver;

import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A simulated driver that several threads may use: its world belongs to one at a time. */
record OneAtATime(StorageDriver driver, Object lock) implements StorageDriver {
    static StorageDriver of(StorageDriver driver, Object lock) {
        return new OneAtATime(driver, lock);
    }

    @Override
    public String type() {
        return driver.type();
    }

    @Override
    public StorageCapabilities capabilities() {
        return driver.capabilities();
    }

    @Override
    public boolean serves(HostRef host) {
        return driver.serves(host);
    }

    @Override
    public Volumes volumes() {
        return locked(Volumes.class, driver.volumes());
    }

    @Override
    public Attachments attachments() {
        return locked(Attachments.class, driver.attachments());
    }

    @Override
    public CheckpointLedger ledger() {
        return locked(CheckpointLedger.class, driver.ledger());
    }

    @Override
    public Optional<Fencing> fencing() {
        return driver.fencing().map(inner -> locked(Fencing.class, inner));
    }

    private <T> T locked(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    synchronized (lock) {
                        try {
                            return method.invoke(inner, values);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }
                }));
    }
}
