package io.berth.opennebula.owed;

import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.explain.Awaited;
import io.berth.opennebula.oned.VirtualMachine;
import io.berth.opennebula.oned.VmState;
import java.util.Optional;

/**
 * A request about a VM's memory that the core waits for.
 *
 * @param vm its id
 * @param state the core's, while it waits
 * @param stays how many records the VM's history has: of the same request there is none more
 */
public record OwedRequest(VmmRequest request, int vm, VmState state, int stays) {
    static Optional<OwedRequest> of(VirtualMachine vm) {
        return request(vm)
                .map(request -> new OwedRequest(
                        request, vm.id(), vm.state(), vm.history().size()));
    }

    private static Optional<VmmRequest> request(VirtualMachine vm) {
        if (vm.state().hasFailed()) {
            return Optional.empty(); // it waits for a person
        }
        return switch (Awaited.by(vm)) {
            case Awaited.Save _ -> Optional.of(VmmRequest.SAVE);
            case Awaited.Restore _ -> Optional.of(VmmRequest.RESTORE);
            case Awaited.Migration _ -> Optional.of(VmmRequest.MIGRATE);
            case Awaited.Running _, Awaited.Saved _, Awaited.Off _, Awaited.Boot _, Awaited.Shutdown _ ->
                Optional.empty();
            case Awaited.Transfer _, Awaited.Preparation _, Awaited.Removal _, Awaited.Otherwise _, Awaited.Unheard _ ->
                Optional.empty();
        };
    }
}
