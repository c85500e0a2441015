package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.RestoreRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes a paused guest of an image.
 *
 * <p>An error of {@code virsh restore} is never taken for "not restored": with libvirt 9.0 and 11.3 the guest was seen
 * running after one, once out of libvirt's sight.
 */
final class GuestRestore {
    /** How long libvirt may take to begin what a client asked that is gone by now; it begins in milliseconds. */
    private static final Duration LINGER = Duration.ofSeconds(1);
    /** How long libvirt may take to end what it made of a stream that was cut, or to finish what it reads from a device. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final ImageReader images;
    private final GuestPower power;

    GuestRestore(Virsh virsh, VirshCommands commands, GuestFinder finder, ImageReader images, GuestPower power) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.images = images;
        this.power = power;
    }

    void restore(Call call, HostRef host, RestoreRequest request) {
        check(host, request);
        var vm = request.vm();
        var there = alive(host, vm);
        if (there.isEmpty()) {
            make(call, host, request);
        } else if (!isOurs(call, host, vm)) {
            throw exists(host, vm, there.get());
        }
        keep(call, host, request);
    }

    private void check(HostRef host, RestoreRequest request) {
        var header = images.read(host, request.source());
        switch (header.form()) {
            case COMPLETE -> {
                var inImage = GuestXml.parse(header.definition()).uuid();
                if (!inImage.equals(request.vm().uuid())) {
                    throw refused(host, request, "image.foreign", "it holds the guest " + inImage);
                }
            }
            case PARTIAL -> throw refused(host, request, "image.partial", "its writer never finished");
            case NONE -> throw refused(host, request, "image.foreign", "there is no saved guest");
            case UNSUPPORTED ->
                throw refused(host, request, "image.unsupported", "its head is damaged, newer or compressed");
        }
        if (!GuestXml.parse(request.definition()).uuid().equals(request.vm().uuid())) {
            throw refused(host, request, "image.foreign", "the definition to restore with is another guest's");
        }
    }

    private void make(Call call, HostRef host, RestoreRequest request) {
        switch (request.reading()) {
            case CACHED -> makeFromDevice(call, host, request);
            case STREAMED -> makeFromStream(call, host, request);
        }
    }

    private void makeFromDevice(Call call, HostRef host, RestoreRequest request) {
        try (var _ = Prefetch.begin(virsh, call, host, request.source(), request.imageLength())) {
            restore(call, host, request, commands.restorePaused(request.source()));
        } catch (Failure failure) {
            if (!isThereDespite(call, host, request.vm(), failure)) {
                throw failure;
            }
        }
    }

    /** A libvirt that can't take it from a FIFO, or may not, still can from the device, once nothing is there. */
    private void makeFromStream(Call call, HostRef host, RestoreRequest request) {
        try {
            restore(
                    call,
                    host,
                    request,
                    commands.restorePausedFed(
                            request.source(),
                            request.imageLength(),
                            request.vm().uuid()));
        } catch (Failure failure) {
            if (isThereDespite(call, host, request.vm(), failure)) {
                return;
            }
            if (mayComeLate(failure)) {
                throw failure;
            }
            makeFromDevice(call, host, request);
        }
    }

    private void restore(Call call, HostRef host, RestoreRequest request, String... argv) {
        var marked = bytes(RestoreMark.put(request.definition(), call.token().operation()));
        var result = virsh.attempt(call, host, marked, argv);
        if (!result.succeeded()) {
            throw VirshErrors.failure(host, "can't restore the guest from " + request.source(), result, argv);
        }
    }

    /** virsh was killed or its answer lost: libvirt may only be about to begin. */
    private static boolean mayComeLate(Failure failure) {
        return failure.isUnknownOutcome() || failure.kind() == FailureKind.CANCELLED;
    }

    /** Whether the guest is there as it should be, though the answer was lost; false when nothing is there. */
    private boolean isThereDespite(Call call, HostRef host, VmRef vm, Failure failure) {
        var there = mayComeLate(failure) ? settled(host, vm) : alive(host, vm);
        if (there.isEmpty()) {
            return false;
        }
        if (mayComeLate(failure) && isOurs(call, host, vm)) {
            return true;
        }
        if (isSomebodyElses(call, host, vm, there.get())) {
            throw exists(host, vm, there.get());
        }
        throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "restore.in-doubt", "the restore failed, yet the guest is there")
                .why(failure.what() + ": " + failure.why() + "; the guest is "
                        + there.get().reason())
                .next("end what is there ('berth recover' does), then restore again: the checkpoint wasn't used")
                .host(host)
                .cause(failure)
                .build();
    }

    /** Whether this very operation restored what stands there, and nobody resumed it since. */
    private boolean isOurs(Call call, HostRef host, VmRef vm) {
        return finder.isRestored(host, vm.uuid())
                && isMarked(host, vm, call.token().operation());
    }

    /** Whether that operation restored what is alive there, resumed since or not. */
    boolean isMarked(HostRef host, VmRef vm, OperationId operation) {
        try {
            return RestoreMark.isOn(definition(host, vm), operation);
        } catch (Failure unread) {
            // libvirt can tell nothing of a guest that isn't there, nor of a process that it denies.
            if (alive(host, vm)
                    .filter(view -> view.state() != GuestState.ORPHANED)
                    .isEmpty()) {
                return false;
            }
            throw unread;
        }
    }

    private String definition(HostRef host, VmRef vm) {
        var what = "can't read the guest's definition";
        var answers = virsh.severalQuickly(host, what, 2, mark -> commands.definitions(mark, vm.uuid()));
        if (answers.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    host, what, answers.result(), "virsh", "dumpxml", vm.uuid().toString());
        }
        return answers.part(1);
    }

    /** Started in the moment between the look and the restore: then libvirt has refused that. */
    private boolean isSomebodyElses(Call call, HostRef host, VmRef vm, GuestView there) {
        return switch (there.state()) {
            case RUNNING, PAUSED -> !isMarked(host, vm, call.token().operation());
            case BUSY, BROKEN, ORPHANED, SHUT_OFF -> false;
        };
    }

    private Optional<GuestView> alive(HostRef host, VmRef vm) {
        return finder.find(host, vm.uuid()).filter(view -> view.state().isAlive());
    }

    /** What is there once libvirt has come to an end with what nobody listens to any more, if it does in time. */
    private Optional<GuestView> settled(HostRef host, VmRef vm) {
        var there = alive(host, vm);
        if (there.isEmpty()) {
            pause(LINGER);
            there = alive(host, vm);
        }
        var until = System.nanoTime() + SETTLING.toNanos();
        while (there.filter(GuestRestore::isBetween).isPresent()
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            pause(BETWEEN);
            there = alive(host, vm);
        }
        return there;
    }

    /** Half made, or being ended: its process may outlive what libvirt says of it. */
    private static boolean isBetween(GuestView view) {
        return view.state() == GuestState.BUSY || view.state() == GuestState.ORPHANED;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Call call, HostRef host, RestoreRequest request) {
        request.persistentDefinition().ifPresent(definition -> power.define(call, host, request.vm(), definition));
    }

    private static Failure exists(HostRef host, VmRef vm, GuestView view) {
        return Failure.of(FailureKind.CONFLICT, "vm.exists", "a copy of " + vm + " is there already")
                .why("it is " + (view.state() == GuestState.ORPHANED ? "orphaned: " : "") + view.reason())
                .next("find out which copy is right before ending any: 'berth recover'")
                .host(host)
                .build();
    }

    private static Failure refused(HostRef host, RestoreRequest request, String code, String why) {
        return Failure.of(
                        FailureKind.STORAGE, code, request.source() + " is no image of " + request.vm() + " to restore")
                .why(why)
                .next("check which volume this is; nothing was changed")
                .host(host)
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
