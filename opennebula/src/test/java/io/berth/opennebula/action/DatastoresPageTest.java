package io.berth.opennebula.action;

import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.options.ActionList;
import io.berth.opennebula.shared.SharedDirectories;
import io.berth.opennebula.shared.TransferDeed;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.testkit.ReferencePage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table of datastores and requests in step with the code. */
class DatastoresPageTest {
    private static final List<String> DRIVERS =
            List.of("shared", "qcow2", "ssh", "ceph", "fs_lvm", "linstor_un", "storpool");

    @Test
    void theTableOfDatastoresIsWhatTheCodeDoes() {
        ReferencePage.named("opennebula-driver.md").assertHolds(table());
    }

    private static String table() {
        var block = Map.of("CHECKPOINT_LOCATION", "block", "BERTH_DATASTORE", "fast");
        var lines = new ArrayList<>(List.of(
                "",
                "| attributes | driver | `SAVE` | `RESTORE` | `MIGRATE` | storage scripts around it | `MV` of the"
                        + " directory | its `DELETE` |",
                "|---|---|---|---|---|---|---|---|"));
        lines.addAll(rows("none", Map.of()));
        lines.addAll(rows("`CHECKPOINT_LOCATION=block`", block));
        lines.addAll(rows("the same, `SHARED=NO`", with(block, "SHARED", "NO")));
        lines.addAll(rows("`DS_SHARED=yes`", Map.of("DS_SHARED", "yes")));
        lines.addAll(rows("`DS_SHARED=yes`, `CHECKPOINT_LOCATION=block`", with(block, "DS_SHARED", "yes")));
        lines.addAll(rows("`DS_SHARED=yes`, `SHARED=NO`", Map.of("DS_SHARED", "yes", "SHARED", "NO")));
        for (var shared : List.of("no", "auto")) {
            var carried = Map.of("DS_SHARED", shared, "BERTH_DIRECTORIES", "vms");
            var shown = "`DS_SHARED=" + shared + "`, `BERTH_DIRECTORIES`";
            lines.addAll(rows(shown, carried));
            lines.addAll(rows(shown + ", `CHECKPOINT_LOCATION=block`, any `SHARED`", with(carried, block)));
        }
        return String.join("\n", lines) + "\n\n";
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        var all = new LinkedHashMap<>(some);
        all.put(name, value);
        return all;
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** Drivers for which it is all the same share a line. */
    private static List<String> rows(String shown, Map<String, String> attributes) {
        var byCells = DRIVERS.stream()
                .collect(Collectors.groupingBy(
                        driver -> cells(driver, attributes), LinkedHashMap::new, Collectors.toList()));
        return byCells.entrySet().stream()
                .map(row -> "| %s | %s | %s |".formatted(shown, drivers(row.getValue()), row.getKey()))
                .toList();
    }

    private static String drivers(List<String> drivers) {
        return drivers.equals(DRIVERS)
                ? "any"
                : drivers.stream().map(driver -> "`" + driver + "`").collect(Collectors.joining(", "));
    }

    private static String cells(String driver, Map<String, String> attributes) {
        var directories = new SharedDirectories(_ -> Optional.of(attributes));
        var around = new TransferCommand("PREMIGRATE", driver, List.of("h1", "h2", "/ds/100/5", "5", "100"));
        var move = new TransferCommand("MV", driver, List.of("h1:/ds/100/5", "h2:/ds/100/5", "5", "100"));
        var delete = new TransferCommand("DELETE", driver, List.of("h1:/ds/100/5", "5", "100"));
        var scripts = directories.around(around, Set.of(driver));
        return String.join(
                " | ",
                memory(VmmRequest.SAVE, driver, attributes),
                memory(VmmRequest.RESTORE, driver, attributes),
                scripts instanceof TransferDeed.Refused ? "refused" : memory(VmmRequest.MIGRATE, driver, attributes),
                cell(scripts),
                cell(directories.deed(move)),
                cell(directories.deed(delete)));
    }

    private static String cell(TransferDeed deed) {
        return switch (deed) {
            case TransferDeed.Scripts _ -> "script";
            case TransferDeed.Nothing _ -> "nothing to do";
            case TransferDeed.MoveDirectory _, TransferDeed.RebuildDirectory _, TransferDeed.RemoveDirectory _ ->
                "Berth";
            case TransferDeed.MakeDisk _, TransferDeed.BringDisk _, TransferDeed.MakeContext _ -> "Berth";
            case TransferDeed.AfterSettling(var _, var then) -> cell(then);
            case TransferDeed.Refused _ -> "-";
        };
    }

    private static String memory(VmmRequest request, String driver, Map<String, String> attributes) {
        var template = attributes.entrySet().stream()
                .map(it -> "<%s>%s</%s>".formatted(it.getKey(), it.getValue(), it.getKey()))
                .collect(Collectors.joining());
        var command = request == VmmRequest.MIGRATE ? "MIGRATE " + driver + " h1 h2 /ds/100/5 5 100" : "";
        var message = """
            <VMM_DRIVER_ACTION_DATA><HOST>h1</HOST><MIGR_HOST>h2</MIGR_HOST><DEPLOY_ID>one-5</DEPLOY_ID>\
            <CHECKPOINT_FILE>/ds/100/5/checkpoint</CHECKPOINT_FILE><TM_COMMAND>%s</TM_COMMAND>\
            <VM><ID>5</ID><TEMPLATE></TEMPLATE></VM>\
            <DATASTORE><ID>100</ID><TM_MAD>%s</TM_MAD><TEMPLATE>%s</TEMPLATE></DATASTORE></VMM_DRIVER_ACTION_DATA>\
            """.formatted(command, driver, template);
        var ask = new Ask(
                request,
                DriverMessage.parse(Payload.encode(message)),
                new ScriptPlaces("kvm", "/var/lib/one/remotes", "/var/tmp/one", ActionList.none(), Set.of()),
                Set.of());
        return switch (Recipes.of(request, ask)) {
            case Recipe.Memory _ -> "Berth";
            case Recipe.Sequence _, Recipe.Single _ -> "script";
        };
    }
}
