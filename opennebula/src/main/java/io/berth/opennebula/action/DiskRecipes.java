package io.berth.opennebula.action;

import java.util.Locale;

/** Disks of running guests. */
final class DiskRecipes {
    private static final String ATTACHED = "VM/TEMPLATE/DISK[ATTACH='YES']/TARGET";

    private DiskRecipes() {}

    static Recipe attach(Ask ask) {
        var message = ask.message();
        var transfer = new ActionStep.Transfer("tm_attach", ask.transferCommand(), "", AfterFailure.STOP);
        var target = ask.need(ATTACHED);
        var undo = message.rollbackCommands().stream()
                .limit(1)
                .map(command -> new ActionStep.Transfer("tm_detach", command, "", AfterFailure.STOP))
                .toArray(ActionStep[]::new);
        return Steps.first(transfer)
                .then(ask.hypervisor(
                                "attach_disk",
                                ask.deployId(),
                                Argument.text(message.diskTargetPath()),
                                Argument.text(target),
                                index(target),
                                new Argument.Message(message.payload()))
                        .with(AfterFailure.run(undo)))
                .answering("attach_disk");
    }

    static Recipe detach(Ask ask) {
        var transfer = new ActionStep.Transfer("tm_detach", ask.transferCommand(), "", AfterFailure.STOP);
        var target = ask.need(ATTACHED);
        return Steps.first(ask.hypervisor(
                        "detach_disk",
                        ask.deployId(),
                        Argument.text(ask.message().diskTargetPath()),
                        Argument.text(target),
                        index(target)))
                .then(transfer)
                .answering("detach_disk");
    }

    /** Where the target's last letter stands in the alphabet, from 0; what isn't a letter counts as stock counts it. */
    private static Argument index(String target) {
        return Argument.text(Integer.toString(target.toLowerCase(Locale.ROOT).charAt(target.length() - 1) - 'a'));
    }

    static Recipe resize(Ask ask) {
        var transfer = new ActionStep.Transfer("tm_resize", ask.transferCommand(), "", AfterFailure.STOP);
        var size = ask.need("VM/TEMPLATE/DISK[RESIZE='YES']/SIZE");
        var disk = ask.need("VM/TEMPLATE/DISK[RESIZE='YES']/DISK_ID");
        return Steps.first(transfer)
                .then(ask.hypervisor(
                        "resize_disk",
                        ask.deployId(),
                        Argument.text(disk),
                        Argument.text(size),
                        new Argument.Message(ask.message().payload()),
                        ask.host()))
                .answering("resize_disk");
    }

    static Recipe snapshot(Ask ask) {
        var hypervisor = ask.need("VM/HISTORY_RECORDS/HISTORY/VM_MAD");
        var storage = ask.need("VM/TEMPLATE/DISK[DISK_SNAPSHOT_ACTIVE='YES']/TM_MAD");
        if (!ask.liveSnapshots().contains(hypervisor + "-" + storage)) {
            throw Ask.refuse(
                    "mad.request-unsupported",
                    "Cannot perform a live " + ask.request() + " operation",
                    "power the VM off first, or add " + hypervisor + "-" + storage + " to LIVE_DISK_SNAPSHOTS");
        }
        var command = ask.transferCommand();
        return Steps.first(new ActionStep.Transfer(
                        "tm_snap_create_live", command.withVerb(live(command.verb())), "", AfterFailure.STOP))
                .answering("disk_snapshot_create");
    }

    /** {@code SNAP_CREATE.ssh} becomes {@code SNAP_CREATE_LIVE.ssh}. */
    static String live(String verb) {
        var dot = verb.indexOf('.');
        return dot < 0 ? verb + "_LIVE" : verb.substring(0, dot) + "_LIVE" + verb.substring(dot);
    }
}
