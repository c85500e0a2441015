package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Has a script write a guest's memory behind a frame. The guest stays, paused, whatever comes of it. */
final class ScriptedSave {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,18})\n");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final GuestScripts scripts;
    private final ScriptedGuests guests;
    private final FramedImages images;

    ScriptedSave(GuestScripts scripts, ScriptedGuests guests, FramedImages images) {
        this.scripts = scripts;
        this.guests = guests;
        this.images = images;
    }

    SavedImage save(Call call, HostRef host, VmRef vm, SaveRequest request) {
        requirePaused(host, vm, "vm.not-writable", "it has to be paused before");
        var definition = guests.describe(host, vm).definition();
        var frame = new ImageFrame(false, vm.uuid(), request.ownerPaused(), DataSize.ZERO, definition);
        images.write(call, host, request.target(), frame);
        var room = request.capacity().bytes() - ImageFrame.ROOM.bytes();
        var length = write(call, host, vm, request, room);
        requirePaused(host, vm, "vm.ran", "it didn't stay paused while its memory was written");
        images.write(
                call,
                host,
                request.target(),
                new ImageFrame(true, vm.uuid(), request.ownerPaused(), length, definition));
        var whole = length.plus(ImageFrame.ROOM);
        return new SavedImage(whole, whole);
    }

    private DataSize write(Call call, HostRef host, VmRef vm, SaveRequest request, long room) {
        var what = "can't write the guest's memory to " + request.target();
        var ended = scripts.change(
                call,
                host,
                new byte[0],
                GuestFunction.SAVE,
                vm.uuid().toString(),
                request.target().path(),
                Long.toString(ImageFrame.ROOM.bytes()),
                Long.toString(Math.max(0, room)));
        var printed = LENGTH.matcher(ended.output(what));
        if (!printed.matches()) {
            throw ended.unreadable(what, "it isn't one number of bytes");
        }
        var length = Long.parseLong(printed.group(1));
        if (length == 0 || length > room) {
            throw ended.unreadable(what, "it wrote " + length + " bytes, and there is room for " + room);
        }
        return new DataSize(length);
    }

    private void requirePaused(HostRef host, VmRef vm, String code, String why) {
        var now = guests.existing(host, vm).state();
        if (now != GuestState.PAUSED) {
            throw Failure.of(FailureKind.CONFLICT, code, "the guest's memory can't be saved")
                    .host(host)
                    .why("it is " + now.name().toLowerCase(Locale.ROOT) + "; " + why)
                    .next("save it again; keep others from resuming it meanwhile")
                    .build();
        }
    }

    /** Scripts of a dead engine are ended by the guard; what the hypervisor does for one by itself is waited for. */
    void awaitEnd(Call call, HostRef host, VmRef vm) {
        for (var left = call.deadline(); isBusy(host, vm); left = left.minus(BETWEEN_LOOKS)) {
            if (left.isNegative()) {
                throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "save.under-way", vm + " is still being saved")
                        .host(host)
                        .next("wait for the hypervisor's job there, then run 'berth recover'")
                        .build();
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while a save ended")
                        .next("try again")
                        .cause(stop)
                        .build();
            }
        }
    }

    private boolean isBusy(HostRef host, VmRef vm) {
        return guests.alive(host, vm)
                .filter(view -> view.state() == GuestState.BUSY)
                .isPresent();
    }
}
