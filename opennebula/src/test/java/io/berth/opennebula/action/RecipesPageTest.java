package io.berth.opennebula.action;

import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.options.ActionList;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the page of all requests in step with the recipes. */
class RecipesPageTest {
    private static final String HEAD = "| step | where | if it fails |\n|---|---|---|\n";
    private static final String VOLUMES = "<TEMPLATE><CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION>"
            + "<BERTH_DATASTORE>BERTH-DATASTORE</BERTH_DATASTORE></TEMPLATE>";

    @TempDir
    Path folder;

    @Test
    void thePageOfRequestsIsWhatTheRecipesSay() throws IOException {
        Files.writeString(folder.resolve("definition"), "<domain/>");
        var page = new StringBuilder("""
            # What OpenNebula's requests come to

            <!-- Made from the code: `bin/mvn -pl opennebula -am test -Dberth.docs=write` writes it anew. -->

            The steps of each request that [the VM driver](opennebula-driver.md) answers, in their order. `vmm/...` are the
            hypervisor's scripts, `vnm/*/...` those of each network driver of the VM, `tm/...` those of the datastore's storage
            driver, `datastore/...` those of a backup datastore; the first two run on the host unless `-l` says otherwise, the
            others on the front-end. Scripts of `vmm` get the VM's number and the host's name behind these arguments. *Context*
            steps only run when the core asks for them. A step that fails ends the request, unless something else stands there.
            """);
        for (var request : VmmRequest.values()) {
            page.append("\n## ").append(request.name()).append("\n\n");
            describe(page, Recipes.of(request, ask(request, "")));
            if (request.isOfMemory()) {
                page.append("\nWith `CHECKPOINT_LOCATION=block`:\n\n");
                describe(page, Recipes.of(request, ask(request, VOLUMES)));
            }
        }

        ReferencePage.named("opennebula-requests.md").assertIs(page.toString());
    }

    private static void describe(StringBuilder page, Recipe recipe) {
        switch (recipe) {
            case Recipe.Single(var step) ->
                page.append("One script, tried again as often as `-r` says: ")
                        .append(call(step))
                        .append("\n");
            case Recipe.Sequence(var steps, var _, var _) -> {
                page.append(HEAD);
                steps.forEach(step -> describe(page, step));
            }
            case Recipe.Memory memory -> {
                page.append(HEAD);
                memory.before().forEach(step -> describe(page, step));
                page.append("| %s | front-end, hosts | %s |\n".formatted(deed(memory), failing(memory)));
                memory.after().forEach(step -> describe(page, step));
            }
        }
    }

    private static void describe(StringBuilder page, ActionStep step) {
        page.append("| %s | %s | %s |\n".formatted(call(step), where(step), failing(step)));
    }

    private static String deed(Recipe.Memory memory) {
        var deed = switch (memory.deed()) {
            case MemoryDeed.Save(var vm, var host, var datastore) ->
                "Berth suspends %s at %s into datastore %s".formatted(vm, host, datastore);
            case MemoryDeed.Restore(var vm, var host, var _) -> "Berth resumes %s at %s".formatted(vm, host);
            case MemoryDeed.Move(var vm, var host, var destination) ->
                "Berth migrates %s live from %s to %s".formatted(vm, host, destination);
        };
        return deed
                + memory.instead().stream()
                        .map(step -> "; if it has no checkpoint, " + call(step))
                        .collect(Collectors.joining());
    }

    private static String failing(Recipe.Memory memory) {
        return memory.whenNotDone().stream().map(RecipesPageTest::call).collect(Collectors.joining(", "));
    }

    private static String call(ActionStep step) {
        return switch (step) {
            case ActionStep.Hypervisor vmm -> code("vmm/" + vmm.script(), words(vmm.arguments()));
            case ActionStep.Memory(var script, var _) -> call(script);
            case ActionStep.Network vnm ->
                code("vnm/*/" + vnm.name(), words(vnm.arguments()))
                        + (vnm.skipped().isEmpty() ? "" : ", not of " + String.join(", ", vnm.skipped()));
            case ActionStep.Transfer tm ->
                code("tm/" + script(tm.command()), tm.command().arguments());
            case ActionStep.Hook hook ->
                code("tm/" + hook.command().verb(), hook.command().arguments());
            case ActionStep.Datastore ds ->
                code("datastore/" + script(ds.command()), ds.command().arguments());
            case ActionStep.Program program ->
                code(program.program(), program.arguments())
                        + program.outputFile()
                                .map(file -> " into `" + file + "`")
                                .orElse("");
        };
    }

    private static String script(TransferCommand command) {
        return command.verb().toLowerCase(Locale.ROOT);
    }

    private static String code(String program, List<String> words) {
        var all = new ArrayList<>(List.of(program));
        all.addAll(words);
        return "`" + String.join(" ", all) + "`";
    }

    private static List<String> words(List<Argument> arguments) {
        return arguments.stream()
                .map(argument -> switch (argument) {
                    case Argument.Text(var text) -> text;
                    case Argument.OutputOf(var step) -> "OUTPUT-OF-" + step.toUpperCase(Locale.ROOT);
                    case Argument.Message _ -> "MESSAGE";
                })
                .toList();
    }

    private static String where(ActionStep step) {
        return switch (step) {
            case ActionStep.Hypervisor vmm -> side(vmm.side());
            case ActionStep.Memory(var script, var _) -> where(script);
            case ActionStep.Network vnm -> side(vnm.side());
            case ActionStep.Program program -> program.local() ? "front-end" : "host";
            case ActionStep.Transfer _, ActionStep.Hook _, ActionStep.Datastore _ -> "front-end";
        };
    }

    private static String side(Side side) {
        return switch (side) {
            case HOST -> "host";
            case DESTINATION -> "target";
        };
    }

    private static String failing(ActionStep step) {
        var steps =
                step.afterFailure().steps().stream().map(RecipesPageTest::call).collect(Collectors.joining(", "));
        var unless = step instanceof ActionStep.Memory ? "if its hosts show that it has: " : "";
        return unless + steps + (step.afterFailure().tolerated() ? "goes on" : "");
    }

    /** A message in which every value is its own name. */
    private Ask ask(VmmRequest request, String ofTheDatastore) {
        var command = switch (request) {
            case DEPLOY, RESTORE, ATTACHNIC, DETACHNIC, UPDATECONF -> "CONTEXT TM CONTEXT.SH HOST:DISK VM DS";
            case MIGRATE -> "MIGRATE TM HOST TARGET SYSTEM-DIR VM DS";
            case CLEANUP -> "DELETE TM HOST:SYSTEM-DIR VM DS";
            case ATTACHDISK -> "LN TM SOURCE HOST:DISK VM DS";
            case DETACHDISK -> "MVDS TM HOST:DISK SOURCE VM DS";
            case RESIZEDISK -> "RESIZE TM HOST:DISK SIZE VM DS";
            case DISKSNAPSHOTCREATE -> "SNAP_CREATE TM HOST:DISK SNAPSHOT VM DS";
            case BACKUP, BACKUPCANCEL -> "BACKUP TM HOST:SYSTEM-DIR DISKS DEPLOY-ID JOB VM DS";
            case SHUTDOWN, CANCEL, REBOOT, RESET, SAVE, POLL, SNAPSHOTCREATE, SNAPSHOTREVERT, SNAPSHOTDELETE -> "";
            case UPDATESG, UPDATENIC, RESIZE, EXEC, EXEC_CANCEL -> "";
        };
        var message = """
            <VMM_DRIVER_ACTION_DATA><HOST>HOST</HOST><MIGR_HOST>%s</MIGR_HOST><DEPLOY_ID>DEPLOY-ID</DEPLOY_ID>\
            <LOCAL_DEPLOYMENT_FILE>%s/definition</LOCAL_DEPLOYMENT_FILE>\
            <REMOTE_DEPLOYMENT_FILE>DIR/DEFINITION</REMOTE_DEPLOYMENT_FILE>\
            <CHECKPOINT_FILE>CHECKPOINT</CHECKPOINT_FILE><TM_COMMAND>%s</TM_COMMAND>\
            <TM_COMMAND_ROLLBACK>%s</TM_COMMAND_ROLLBACK><DISK_TARGET_PATH>DISK</DISK_TARGET_PATH>\
            <SECURITY_GROUP_ID>GROUP</SECURITY_GROUP_ID><VIRTUAL_NETWORK_ID>NETWORK</VIRTUAL_NETWORK_ID>\
            <VM><ID>5</ID><TEMPLATE><CONTEXT><TARGET>CONTEXT-DEVICE</TARGET></CONTEXT><DISK><ATTACH>YES</ATTACH>\
            <RESIZE>YES</RESIZE><DISK_SNAPSHOT_ACTIVE>YES</DISK_SNAPSHOT_ACTIVE><TARGET>sda</TARGET><SIZE>SIZE</SIZE>\
            <DISK_ID>DISK-ID</DISK_ID><TM_MAD>TM</TM_MAD></DISK><NIC><ATTACH>YES</ATTACH><MAC>MAC</MAC>\
            <BRIDGE>BRIDGE</BRIDGE><TARGET>INTERFACE</TARGET><MODEL>MODEL</MODEL><VN_MAD>VN-MAD</VN_MAD></NIC>\
            <SNAPSHOT><ACTIVE>YES</ACTIVE><SNAPSHOT_ID>SNAPSHOT-ID</SNAPSHOT_ID>\
            <HYPERVISOR_ID>SNAPSHOT-NAME</HYPERVISOR_ID></SNAPSHOT></TEMPLATE><HISTORY_RECORDS><HISTORY>\
            <VM_MAD>VMM</VM_MAD></HISTORY></HISTORY_RECORDS></VM><DATASTORE><DS_MAD>BACKUP-DRIVER</DS_MAD>%s</DATASTORE>\
            </VMM_DRIVER_ACTION_DATA>\
            """.formatted(
                        Stream.of(VmmRequest.MIGRATE, VmmRequest.CLEANUP).anyMatch(request::equals) ? "TARGET" : "",
                        folder,
                        command,
                        request == VmmRequest.ATTACHDISK ? "DELETE TM HOST:DISK VM DS" : "",
                        ofTheDatastore);
        return new Ask(
                request,
                DriverMessage.parse(Payload.encode(message)),
                new ScriptPlaces("kvm", "/var/lib/one/remotes", "/var/tmp/one", ActionList.none(), Set.of()),
                Set.of("VMM-TM"));
    }
}
