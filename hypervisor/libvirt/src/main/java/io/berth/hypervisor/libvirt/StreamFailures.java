package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.hypervisor.SaveRequest;

/** What the stream writer's exit codes mean ({@code host-helper/src/stream_failure.h}). */
final class StreamFailures {
    private static final int OCCUPIED = 17;
    private static final int BUSY = 20;
    private static final int WRONG_STATE = 21;
    private static final int REFUSED = 24;
    private static final int INPUT_OUTPUT = 25;
    private static final int FULL = 28;
    private static final int UNKNOWN = 29;
    private static final int READ_ONLY = 30;
    private static final int RAN = 75;
    private static final int CANCELLED = 125;

    private StreamFailures() {}

    static Failure failure(HostRef host, VmRef vm, SaveRequest request, CommandResult result, HostCommand command) {
        var what = "can't write the guest's memory to " + request.target();
        var words = result.errorOutput().strip();
        return switch (result.exitCode()) {
            case FULL ->
                of(FailureKind.STORAGE, "device.full", what, host, result)
                        .why("it is more than the " + request.capacity() + " that the device has")
                        .next("give the checkpoint more room; the guest is as it was")
                        .build();
            case INPUT_OUTPUT, READ_ONLY ->
                of(FailureKind.STORAGE, "device.failed", what, host, result)
                        .why("the device failed while it was written or flushed")
                        .next("see the host's kernel log and the storage's state; the guest is as it was")
                        .build();
            case OCCUPIED, BUSY, WRONG_STATE, REFUSED ->
                of(FailureKind.CONFLICT, "vm.not-writable", what, host, result)
                        .why(words)
                        .next("somebody else works on the guest or its device; try again when that is over")
                        .build();
            case UNKNOWN ->
                of(FailureKind.UNKNOWN_OUTCOME, "save.unknown", what, host, result)
                        .why("the stream writer lost sight of the guest")
                        .next("look at the guest on the host")
                        .build();
            case RAN -> GuestFailures.ran(host, vm, words);
            case CANCELLED ->
                of(FailureKind.CANCELLED, "operation.cancelled", "writing the guest's memory was stopped", host, result)
                        .next("the guest is as it was")
                        .build();
            default -> VirshErrors.failure(host, what, result, command.toString());
        };
    }

    private static Failure.Builder of(FailureKind kind, String code, String what, HostRef host, CommandResult result) {
        return Failure.of(kind, code, what).host(host).output(result.errorOutput());
    }
}
