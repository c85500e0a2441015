package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.Sheet;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import java.util.List;

/** {@code berth checkpoint ...}. */
final class CheckpointVerbs {
    private static final String WHOLE = "--whole";
    private static final String LOSE_MEMORY = "--lose-memory";

    private CheckpointVerbs() {}

    static Noun noun() {
        return new Noun(
                "checkpoint",
                "The memory of suspended VMs.",
                () -> List.of(
                        Verb.of("list", "List the checkpoints on all datastores.", CheckpointVerbs::list)
                                .options(ListOptions.all()),
                        Verb.of("show", "Show all there is to say of a checkpoint.", CheckpointVerbs::show)
                                .options(Specs.json())
                                .argument(Specs.one("CHECKPOINT", "Its name, or its VM's name or UUID.")),
                        Verb.of("verify", "Read checkpoints back and compare.", CheckpointVerbs::verify)
                                .options(
                                        Specs.flag(WHOLE, "All of it, not only head and end."),
                                        Specs.value(
                                                Specs.HOST, "HOST", "Read it there; where it was written by default."),
                                        Specs.dryRun(),
                                        Specs.json())
                                .argument(Specs.many("CHECKPOINT", "Names, or their VMs' names or UUIDs.")),
                        CheckpointAdopt.verb(),
                        Verb.of("delete", "Delete checkpoints that nobody needs.", CheckpointVerbs::delete)
                                .options(
                                        Specs.flag(
                                                LOSE_MEMORY,
                                                "Even one that is complete and unused: the VM's memory is lost then."),
                                        Specs.dryRun(),
                                        Specs.json())
                                .argument(Specs.many("CHECKPOINT", "Names, or their VMs' names or UUIDs."))));
    }

    private static ExitCode list(Invocation invocation) {
        var session = invocation.session();
        var found = session.engine().checkpoints().list();
        ListCommand.print(invocation, CheckpointListing.at(session::now), found.items());
        session.tellSilent(found.silent());
        return found.silent().isEmpty() ? ExitCode.DONE : ExitCode.ENVIRONMENT;
    }

    private static ExitCode show(Invocation invocation) {
        var session = invocation.session();
        var entry = session.engine().checkpoints().find(invocation.word());
        if (invocation.has(Specs.JSON)) {
            session.output()
                    .println(JsonText.of(CheckpointListing.at(session::now).json(entry)));
        } else {
            sheet(entry).print(session.output());
        }
        return ExitCode.DONE;
    }

    private static Sheet sheet(Entry entry) {
        var sheet = new Sheet()
                .line("NAME", entry.volume().name())
                .line("DATASTORE", Cells.text(entry.volume().datastore()))
                .line("STATE", entry.state() + ", generation " + entry.generation());
        entry.transitions()
                .forEach(step ->
                        sheet.line(step.state() + " " + step.generation(), step.at() + ", operation " + step.by()));
        entry.record().ifPresentOrElse(record -> describe(sheet, record), () -> sheet.line("RECORD", "can't be read"));
        return sheet;
    }

    private static void describe(Sheet sheet, CheckpointRecord record) {
        sheet.line("VM", record.vm().toString())
                .line("HOST", record.source().name())
                .line(
                        "IMAGE",
                        Cells.size(record.imageLength()) + " ("
                                + record.imageLength().bytes() + " bytes)")
                .line("DIGEST OF END", Cells.text(record.digest()))
                .line("DIGEST OF ALL", record.imageDigest().map(Cells::text).orElse(Cells.NOTHING))
                .line("OWNER PAUSED IT", record.ownerPaused() ? "yes" : "no")
                .line("SOURCE RELEASED", record.sourceReleased() ? "yes" : "no")
                .line("MEMORY", record.profile().memory().toString())
                .line("MACHINE", Cells.text(record.profile().machine()))
                .line("CPU", Cells.text(record.profile().cpu()))
                .line("EMULATOR", Cells.text(record.profile().emulatorVersion()));
    }

    private static ExitCode verify(Invocation invocation) {
        var checkpoints = invocation.session().engine().checkpoints();
        var host = invocation.host(Specs.HOST);
        var whole = invocation.has(WHOLE);
        return new OperationRun(invocation, "verified")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                name -> checkpoints.planVerify(name, host, whole),
                                (name, watch) -> checkpoints.verify(name, host, whole, watch)));
    }

    private static ExitCode delete(Invocation invocation) {
        var checkpoints = invocation.session().engine().checkpoints();
        var loses = invocation.has(LOSE_MEMORY);
        return new OperationRun(invocation, "deleted")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                name -> checkpoints.planDelete(name, loses),
                                (name, watch) -> checkpoints.delete(name, loses, watch)));
    }
}
