package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;

/**
 * VM directories that are on their way out, under a name of the operation's own beside their old one. Nothing else is
 * ever deleted. Thread-safe.
 */
public interface DirectoryAsides {
    /** What is there of a directory that an operation sets aside. */
    enum State {
        IN_PLACE,
        ASIDE,
        /** Aside, while something else has its name. */
        REPLACED,
        GONE;

        /** Whether the operation has it under its own name. */
        public boolean isAside() {
            return this == ASIDE || this == REPLACED;
        }
    }

    /** @throws io.berth.driver.Failure {@code storage.unreachable} when the datastore's folder itself isn't there */
    State state(OperationId operation, VmDirectory directory, HostRef at);

    /**
     * Gives the directory its name aside, durably. Done already is fine.
     *
     * @throws io.berth.driver.Failure {@code directory.absent} (STORAGE)
     */
    void setAside(Call call, VmDirectory directory, HostRef at);

    /**
     * Gives it its own name back, durably. Done already is fine.
     *
     * @throws io.berth.driver.Failure {@code directory.occupied} (CONFLICT) when something else has the name
     */
    void restore(Call call, VmDirectory directory, HostRef at);

    /**
     * How a directory that was set aside on one host looks from another that has its own under the same name, if the two
     * share nothing.
     */
    enum Look {
        /** That host still has one: the two are apart, or it is told old news. */
        THERE,
        /** It vanished there too, or is seen there with its new name: the two hosts share it. */
        VANISHED
    }

    /** @throws io.berth.driver.Failure {@code storage.unreachable} when the datastore's folder itself isn't there */
    Look lookFrom(OperationId operation, VmDirectory directory, HostRef other);

    /**
     * Deletes what was set aside, durably: no link is followed and no mount entered. Nothing there is fine.
     *
     * @throws io.berth.driver.Failure {@code directory.in-use} (CONFLICT) when something is mounted in it; nothing is
     *     deleted then
     */
    void delete(Call call, VmDirectory directory, HostRef at);
}
