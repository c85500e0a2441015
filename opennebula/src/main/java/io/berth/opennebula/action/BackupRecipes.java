package io.berth.opennebula.action;

import io.berth.opennebula.message.Element;
import io.berth.opennebula.message.TransferCommand;

/** Backups: the system datastore's driver prepares, the backup datastore's carries away, the first one tidies up. */
final class BackupRecipes {
    /** LCM state BACKUP: the guest runs. */
    private static final String RUNNING = "69";

    private BackupRecipes() {}

    static Recipe backup(Ask ask) {
        var command = ask.transferCommand();
        var driver = ask.need("DATASTORE/DS_MAD");
        var live = ask.text("VM/LCM_STATE").filter(RUNNING::equals).isPresent();
        var vm = ask.message().vm().source();
        var tidy = new ActionStep.Transfer(
                live ? "postbackup_live" : "postbackup",
                command.withVerb("POST" + (live ? DiskRecipes.live(command.verb()) : command.verb())),
                vm,
                AfterFailure.STOP);
        var prepare = new ActionStep.Transfer(
                live ? "prebackup_live" : "prebackup",
                command.withVerb("PRE" + (live ? DiskRecipes.live(command.verb()) : command.verb())),
                vm,
                AfterFailure.run(tidy));
        var carry = new ActionStep.Datastore(
                "backup",
                new TransferCommand("BACKUP", driver, command.arguments()),
                ask.message().datastore().map(Element::source).orElse(""),
                AfterFailure.run(tidy));
        return Steps.first(prepare, carry, tidy).answering("backup");
    }

    static Recipe cancel(Ask ask) {
        var command = ask.transferCommand();
        return Steps.first(new ActionStep.Datastore(
                        "backup_cancel",
                        new TransferCommand("BACKUP_CANCEL", ask.need("DATASTORE/DS_MAD"), command.arguments()),
                        "",
                        AfterFailure.STOP))
                .answering("backup_cancel");
    }
}
