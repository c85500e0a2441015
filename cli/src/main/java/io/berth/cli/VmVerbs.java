package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.Sheet;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.MachineDetail;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code berth vm ...}. */
final class VmVerbs {
    private VmVerbs() {}

    static Noun noun() {
        return new Noun(
                "vm",
                "Virtual machines.",
                () -> List.of(
                        Verb.of("list", "List the VMs of all hosts, suspended ones included.", VmVerbs::list)
                                .options(ListOptions.all()),
                        Verb.of("show", "Show all there is to say of a VM.", VmVerbs::show)
                                .options(Specs.json())
                                .argument(Specs.one("VM", "Its name or UUID.")),
                        VmSuspend.verb(),
                        VmResume.verb(),
                        VmStop.verb(),
                        VmStart.verb(),
                        VmMigrate.verb(),
                        VmTerminate.verb()));
    }

    private static ExitCode list(Invocation invocation) {
        var session = invocation.session();
        var found = session.engine().machines().list();
        ListCommand.print(invocation, VmListing.at(session::now), found.items());
        session.tellSilent(found.silent());
        return found.silent().isEmpty() ? ExitCode.DONE : ExitCode.ENVIRONMENT;
    }

    private static ExitCode show(Invocation invocation) {
        var session = invocation.session();
        var detail = session.engine().machines().find(invocation.word());
        if (invocation.has(Specs.JSON)) {
            session.output().println(JsonText.of(json(detail, invocation)));
        } else {
            print(detail, session);
        }
        session.tellSilent(detail.silent());
        return ExitCode.DONE;
    }

    private static void print(MachineDetail detail, Session session) {
        var view = detail.view();
        var sheet = new Sheet()
                .line("NAME", Cells.text(view.vm().name()))
                .line("UUID", view.vm().uuid().toString())
                .line("STATE", VmListing.state(view.state()) + reason(view.reason()))
                .line("HOST", view.host().name())
                .line("CHECKPOINT", view.checkpoint().map(VolumeRef::toString).orElse(Cells.NOTHING));
        detail.profile().ifPresent(profile -> describe(sheet, profile));
        detail.estimate()
                .ifPresent(estimate ->
                        sheet.line("CHECKPOINT SIZE", "about " + estimate.need() + ", at most " + estimate.bound()));
        detail.guest()
                .ifPresent(guest -> guest.obstacles()
                        .forEach(obstacle -> sheet.line("OBSTACLE " + obstacle.code(), obstacle.getMessage())));
        sheet.print(session.output());
    }

    private static String reason(String reason) {
        return reason.isEmpty() ? "" : " (" + Cells.text(reason) + ")";
    }

    private static void describe(Sheet sheet, GuestProfile profile) {
        sheet.line("MEMORY", profile.memory().toString())
                .line("MACHINE", Cells.text(profile.architecture() + " " + profile.machine()))
                .line("CPU", Cells.text(profile.cpu()))
                .line("EMULATOR", Cells.text(profile.emulatorVersion()));
    }

    private static Map<String, @Nullable Object> json(MachineDetail detail, Invocation invocation) {
        var object = VmListing.at(invocation.session()::now).json(detail.view());
        object.put(
                "memory_bytes",
                detail.profile().map(profile -> profile.memory().bytes()).orElse(null));
        object.put("machine", detail.profile().map(GuestProfile::machine).orElse(null));
        object.put("cpu", detail.profile().map(GuestProfile::cpu).orElse(null));
        object.put(
                "emulator", detail.profile().map(GuestProfile::emulatorVersion).orElse(null));
        object.put(
                "need_bytes",
                detail.estimate().map(estimate -> estimate.need().bytes()).orElse(null));
        object.put(
                "bound_bytes",
                detail.estimate().map(estimate -> estimate.bound().bytes()).orElse(null));
        object.put(
                "obstacles",
                detail.guest()
                        .map(guest -> guest.obstacles().stream()
                                .map(obstacle -> obstacle.code())
                                .toList())
                        .orElse(List.of()));
        return object;
    }
}
