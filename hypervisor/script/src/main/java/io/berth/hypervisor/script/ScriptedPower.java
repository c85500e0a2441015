package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Brings a guest into a state. What a script says that it did is looked at. */
final class ScriptedPower {
    private static final byte[] NOTHING = new byte[0];

    private final GuestScripts scripts;
    private final ScriptedGuests guests;

    ScriptedPower(GuestScripts scripts, ScriptedGuests guests) {
        this.scripts = scripts;
        this.guests = guests;
    }

    void pause(Call call, HostRef host, VmRef vm) {
        bring(call, host, vm, GuestFunction.PAUSE, GuestState.RUNNING, GuestState.PAUSED);
    }

    void resume(Call call, HostRef host, VmRef vm) {
        bring(call, host, vm, GuestFunction.RESUME, GuestState.PAUSED, GuestState.RUNNING);
    }

    private void bring(Call call, HostRef host, VmRef vm, GuestFunction deed, GuestState from, GuestState to) {
        var now = guests.existing(host, vm);
        if (now.state() == to) {
            return;
        }
        var what = "can't " + deed.word() + " the guest";
        if (now.state() != from) {
            throw Failure.of(FailureKind.CONFLICT, "vm.wrong-state", what)
                    .host(host)
                    .why(vm + " is " + now.state().name().toLowerCase(Locale.ROOT))
                    .next("bring it into the state that is needed, or wait for what holds it")
                    .build();
        }
        var ended = scripts.change(call, host, NOTHING, deed, vm.uuid().toString());
        if (guests.existing(host, vm).state() != to) {
            throw ended.notSo(what);
        }
    }

    /** The script is run whether something is seen or not: of a restore that died half-way {@code list} needn't tell. */
    void end(Call call, HostRef host, VmRef vm) {
        var ended =
                scripts.change(call, host, NOTHING, GuestFunction.END, vm.uuid().toString());
        if (!ended.saysDone() || guests.alive(host, vm).isPresent()) {
            throw ended.notSo("can't end the guest");
        }
    }

    /** As with {@link #end}. */
    void forget(Call call, HostRef host, VmRef vm) {
        var ended = scripts.change(
                call, host, NOTHING, GuestFunction.FORGET, vm.uuid().toString());
        if (!ended.saysDone() || isKept(host, vm)) {
            throw ended.notSo("can't make the host forget the guest");
        }
    }

    void keep(Call call, HostRef host, VmRef vm, String definition) {
        var ended = scripts.change(
                call,
                host,
                definition.getBytes(StandardCharsets.UTF_8),
                GuestFunction.KEEP,
                vm.uuid().toString());
        if (!isKept(host, vm)) {
            throw ended.notSo("can't make the host keep the guest");
        }
    }

    private boolean isKept(HostRef host, VmRef vm) {
        return guests.find(host, vm.uuid()).filter(GuestView::persistent).isPresent();
    }
}
