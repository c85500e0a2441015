package io.berth.opennebula.action;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.ElementPath;
import io.berth.opennebula.message.TransferCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request with what is needed to know its steps.
 *
 * @param liveSnapshots pairs {@code VM_MAD-TM_MAD} whose disks can be snapshot while the guest runs
 */
public record Ask(VmmRequest request, DriverMessage message, ScriptPlaces places, Set<String> liveSnapshots) {
    private static final ElementPath TM_COMMAND = ElementPath.of("TM_COMMAND");

    public Ask {
        liveSnapshots = Set.copyOf(liveSnapshots);
    }

    /** @throws Failure {@code mad.request-incomplete}, in the words that OpenNebula's users know */
    String need(String path) {
        return message.text(ElementPath.of(path)).orElseThrow(() -> incomplete("expecting " + path));
    }

    Optional<String> text(String path) {
        return message.text(ElementPath.of(path));
    }

    /** @throws Failure {@code mad.request-incomplete} */
    TransferCommand transferCommand() {
        need(TM_COMMAND.text());
        var command =
                message.transferCommands().stream().findFirst().orElseThrow(() -> incomplete("expecting TM_COMMAND"));
        if (command.driver().isEmpty()) {
            throw incomplete("expecting a driver in TM_COMMAND");
        }
        return command;
    }

    Failure incomplete(String why) {
        return refuse(
                "mad.request-incomplete",
                "Cannot perform " + request + ", " + why,
                "look at the VM with 'onevm show -x'");
    }

    static Failure refuse(String code, String what, String next) {
        return Failure.of(FailureKind.CALLER, code, what).next(next).build();
    }

    /** The step that rebuilds the context disk, if the core asks for it. */
    List<ActionStep.Transfer> context() {
        return message.transferCommands().stream()
                .limit(1)
                .map(command -> new ActionStep.Transfer("tm_context", command, "", AfterFailure.STOP))
                .toList();
    }

    /** A script of the hypervisor's that is called as its action is. */
    ActionStep.Hypervisor hypervisor(String action, Argument... arguments) {
        return hypervisor(action, action, Side.HOST, List.of(arguments));
    }

    /** With the core's message for input. */
    ActionStep.Hypervisor hypervisor(String action, String script, Side side, List<Argument> arguments) {
        return new ActionStep.Hypervisor(
                action, script, side, arguments, message.root().source(), AfterFailure.STOP);
    }

    ActionStep.Network network(String action, Argument... arguments) {
        return network(action, Side.HOST, arguments);
    }

    ActionStep.Network network(String action, Side side, Argument... arguments) {
        return new ActionStep.Network(action, side, List.of(arguments), Optional.empty(), Set.of(), AfterFailure.STOP);
    }

    Argument deployId() {
        return Argument.text(message.deployId());
    }

    /**
     * As its hypervisor knows it.
     *
     * @throws Failure {@code mad.request-incomplete}
     */
    String guest() {
        return need("DEPLOY_ID");
    }

    /**
     * The host, as Berth knows it.
     *
     * @throws Failure {@code host.bad-name}
     */
    HostRef hostRef() {
        return new HostRef(message.host());
    }

    /**
     * The host that a migration leads to, as Berth knows it.
     *
     * @throws Failure {@code host.bad-name}
     */
    HostRef destinationRef() {
        return new HostRef(message.destination());
    }

    Argument host() {
        return Argument.text(message.host());
    }

    Argument destination() {
        return Argument.text(message.destination());
    }
}
