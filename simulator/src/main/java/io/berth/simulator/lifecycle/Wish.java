package io.berth.simulator.lifecycle;

import io.berth.driver.HostRef;
import java.util.List;

/** What somebody asks to be done with a VM. */
public sealed interface Wish {
    /** @param fast the hypervisor ends the guest before its image is safe */
    record Suspend(boolean fast) implements Wish {}

    record Resume(HostRef target) implements Wish {}

    /** @param fast as for {@link Suspend} */
    record Migrate(HostRef target, boolean fast) implements Wish {}

    record MigrateLive(HostRef target) implements Wish {}

    /** @param targets one of which Berth chooses */
    record Start(List<HostRef> targets) implements Wish {
        public Start {
            targets = List.copyOf(targets);
        }
    }

    record Verify() implements Wish {}

    /** Gives the checkpoint up, and the memory in it. */
    record Delete() implements Wish {}

    /** @param withDisk which is gone, too, when it is done */
    record Terminate(boolean withDisk) implements Wish {}

    /** Whether the memory can be lost on its way into the checkpoint. */
    default boolean isFast() {
        return switch (this) {
            case Suspend suspend -> suspend.fast();
            case Migrate migrate -> migrate.fast();
            case MigrateLive _, Resume _, Start _, Verify _, Delete _, Terminate _ -> false;
        };
    }

    /** Whether its disk may be gone when it is done. */
    default boolean givesUpDisk() {
        return this instanceof Terminate terminate && terminate.withDisk();
    }

    /** Whether the memory is gone when it is done. */
    default boolean givesUp() {
        return switch (this) {
            case Delete _, Terminate _ -> true;
            case Suspend _, Migrate _, MigrateLive _, Resume _, Start _, Verify _ -> false;
        };
    }
}
