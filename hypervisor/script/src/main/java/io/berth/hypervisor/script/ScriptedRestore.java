package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.RestoreRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Has a script make a paused guest of an image. */
final class ScriptedRestore {
    private final GuestScripts scripts;
    private final ScriptedGuests guests;
    private final FramedImages images;
    private final ScriptedPower power;

    ScriptedRestore(GuestScripts scripts, ScriptedGuests guests, FramedImages images, ScriptedPower power) {
        this.scripts = scripts;
        this.guests = guests;
        this.images = images;
        this.power = power;
    }

    void restore(Call call, HostRef host, RestoreRequest request) {
        var vm = request.vm();
        var what = request.source() + " is no image of " + vm + " to restore";
        var frame = images.complete(host, request.source(), what);
        if (!frame.vm().equals(vm.uuid())) {
            throw FramedImages.refused(host, "image.foreign", what, "it holds the guest " + frame.vm());
        }
        if (guests.alive(host, vm).isEmpty()) {
            make(call, host, request, frame);
        } else if (!isOurs(call, host, vm)) {
            throw Failure.of(FailureKind.CONFLICT, "vm.exists", "a copy of " + vm + " is there already")
                    .host(host)
                    .next("find out which copy is right before ending any: 'berth recover'")
                    .build();
        }
        request.persistentDefinition().ifPresent(definition -> power.keep(call, host, vm, definition));
    }

    private void make(Call call, HostRef host, RestoreRequest request, ImageFrame frame) {
        var ended = scripts.change(
                call,
                host,
                request.definition().getBytes(StandardCharsets.UTF_8),
                GuestFunction.RESTORE,
                request.vm().uuid().toString(),
                request.source().path(),
                Long.toString(ImageFrame.ROOM.bytes()),
                Long.toString(frame.length().bytes()));
        if (isOurs(call, host, request.vm())) {
            return;
        }
        guests.alive(host, request.vm()).ifPresent(there -> {
            throw Failure.of(
                            FailureKind.UNKNOWN_OUTCOME,
                            "restore.in-doubt",
                            "a guest is there, and not as it should be after its restore")
                    .host(host)
                    .why("it is " + there.state().name().toLowerCase(Locale.ROOT)
                            + ", or the script 'show' doesn't tell that this operation restored it")
                    .next("'berth recover' looks again; see that the script 'restore' leaves the guest paused")
                    .build();
        });
        throw ended.notSo("can't restore the guest from " + request.source());
    }

    /** Whether this very operation restored what stands there, and nobody resumed it since. */
    private boolean isOurs(Call call, HostRef host, VmRef vm) {
        return guests.alive(host, vm)
                        .filter(view -> view.state() == GuestState.PAUSED)
                        .isPresent()
                && guests.isMadeBy(host, vm, call.token().operation());
    }
}
