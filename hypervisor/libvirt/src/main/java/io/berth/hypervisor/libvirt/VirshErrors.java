package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Knows what libvirt's messages mean (texts of 9.0, unchanged for years where that could be looked up). A message it
 * doesn't know is passed on as {@code libvirt.failed}.
 */
final class VirshErrors {
    private static final List<Meaning> KNOWN = List.of(
            new Meaning(
                    "No space left on device",
                    FailureKind.STORAGE,
                    "device.full",
                    "give the checkpoint more room; the guest is as it was"),
            new Meaning(
                    "failed to get domain", FailureKind.CALLER, "vm.absent", "look where it is with 'berth vm list'"),
            new Meaning("Domain not found", FailureKind.CALLER, "vm.absent", "look where it is with 'berth vm list'"),
            new Meaning(
                    "domain is not running",
                    FailureKind.CALLER,
                    "vm.not-running",
                    "look where it is with 'berth vm list'"),
            new Meaning(
                    "active block job",
                    FailureKind.CONFLICT,
                    "vm.block-job",
                    "wait for the block job or end it with 'virsh blockjob --abort'"),
            new Meaning(
                    "paused due to previous migration",
                    FailureKind.CONFLICT,
                    "vm.memory-taken",
                    "QEMU gives a guest's memory once for each time it ran: resume the guest, then save again"),
            new Meaning(
                    "canceled by client",
                    FailureKind.CANCELLED,
                    "operation.cancelled",
                    "somebody ended the job; the guest is as it was"),
            new Meaning(
                    "cannot acquire state change lock",
                    FailureKind.CONFLICT,
                    "vm.busy",
                    "another job holds the guest: see 'virsh domjobinfo', wait or abort it"),
            new Meaning(
                    "another migration job",
                    FailureKind.CONFLICT,
                    "vm.busy",
                    "another job holds the guest: see 'virsh domjobinfo', wait or abort it"),
            new Meaning(
                    "is already active",
                    FailureKind.CONFLICT,
                    "vm.exists",
                    "a copy of the guest is there already; find out which one is right before ending any"),
            new Meaning(
                    "save image is incomplete",
                    FailureKind.STORAGE,
                    "image.partial",
                    "its writer never finished: this is no checkpoint to restore from"),
            new Meaning("image magic is incorrect", FailureKind.STORAGE, "image.foreign", "check which volume this is"),
            new Meaning(
                    "failed to connect to the hypervisor",
                    FailureKind.ENVIRONMENT,
                    "libvirt.unreachable",
                    "start libvirtd on the host and check the connection URI"),
            new Meaning(
                    "Failed to connect socket",
                    FailureKind.ENVIRONMENT,
                    "libvirt.unreachable",
                    "start libvirtd on the host and check the connection URI"),
            new Meaning(
                    "Permission denied",
                    FailureKind.ENVIRONMENT,
                    "libvirt.permission",
                    "check the device's owner and mode, and what user libvirt runs guests as"));

    private VirshErrors() {}

    static Failure failure(HostRef host, String what, CommandResult result, String... argv) {
        var why = reason(result);
        var known = KNOWN.stream()
                .filter(meaning -> result.errorOutput().contains(meaning.text()))
                .findFirst()
                .or(() -> missing(result));
        var failure = known.map(meaning ->
                        Failure.of(meaning.kind(), meaning.code(), what).next(meaning.next()))
                .orElseGet(() -> Failure.of(FailureKind.HYPERVISOR, "libvirt.failed", what)
                        .next("read libvirt's log on the host (journalctl -u libvirtd, /var/log/libvirt/)"));
        return failure.why(why)
                .host(host)
                .command(String.join(" ", argv))
                .output(result.errorOutput())
                .build();
    }

    /** {@code env} says 127 when there is no virsh. */
    private static Optional<Meaning> missing(CommandResult result) {
        return result.exitCode() == 127
                ? Optional.of(new Meaning(
                        "",
                        FailureKind.ENVIRONMENT,
                        "libvirt.no-virsh",
                        "install libvirt's clients on the host (libvirt-clients)"))
                : Optional.empty();
    }

    /** The last thing virsh complains of is the cause; the lines before say what it was about to do. */
    private static String reason(CommandResult result) {
        var complaints = result.errorOutput()
                .lines()
                .filter(line -> line.startsWith("error: "))
                .map(line -> line.substring("error: ".length()).strip())
                .collect(Collectors.toList());
        return complaints.isEmpty() ? "exit code " + result.exitCode() : complaints.getLast();
    }

    private record Meaning(String text, FailureKind kind, String code, String next) {}
}
