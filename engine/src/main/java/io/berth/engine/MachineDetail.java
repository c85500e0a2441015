package io.berth.engine;

import io.berth.driver.Failure;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.MemoryEstimate;
import java.util.List;
import java.util.Optional;

/**
 * All there is to say of one VM.
 *
 * @param profile what a host must offer it; empty when it is only defined
 * @param guest what its host says of it while it has memory there
 * @param estimate how large its checkpoint would get, if that can be told
 * @param silent hosts and datastores that gave no answer
 */
public record MachineDetail(
        MachineView view,
        Optional<GuestProfile> profile,
        Optional<GuestDescription> guest,
        Optional<MemoryEstimate> estimate,
        List<Failure> silent) {}
