package io.berth.opennebula.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.message.VmPlace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedDirectoriesTest {
    private static final Map<String, String> SHARED = Map.of("DS_SHARED", "YES", "SHARED", "YES");
    private static final String HERE = "node1:/var/lib/one//datastores/100/5";
    private static final String THERE = "node2:/var/lib/one/datastores/100/5";

    @ParameterizedTest
    @CsvSource({
        "DS_SHARED, yes, true",
        "DS_SHARED, YES, true",
        "DS_SHARED, no, false",
        "DS_SHARED, auto, false",
        "DS_SHARED, maybe, false",
        "SP_SYSTEM, shared, true",
        "SP_SYSTEM, ssh, false",
        "SHARED, YES, false",
    })
    void aDatastoreIsSharedWhenItSaysSo(String attribute, String value, boolean shared) {
        var deed = with(Map.of(attribute, value)).deed(command("MV ceph " + HERE + " " + THERE + " 5 100"));

        assertThat(deed instanceof TransferDeed.Nothing).isEqualTo(shared);
    }

    @Test
    void ourOwnAttributeCountsBeforeStorPools() {
        assertThat(with(Map.of("DS_SHARED", "no", "SP_SYSTEM", "shared"))
                        .deed(command("MV ceph " + HERE + " " + THERE + " 5 100")))
                .isInstanceOf(TransferDeed.Scripts.class);
    }

    /** Whatever driver a system datastore has: a directory that is on its new host already isn't brought there. */
    @ParameterizedTest
    @ValueSource(strings = {"shared", "qcow2", "ssh", "local", "ceph", "fs_lvm", "fs_lvm_ssh", "linstor_un", "vendor"})
    void aSharedDirectoryStaysWhereItIs(String driver) {
        assertThat(with(SHARED).deed(command("MV " + driver + " " + HERE + " " + THERE + " 5 100")))
                .isEqualTo(new TransferDeed.Nothing());
    }

    @Test
    void disksInItStayTooAndVolumesOfOthersAreTheirsToMove() {
        var disks = HERE + "/disk.0 " + THERE + "/disk.0 5 101";

        assertThat(with(SHARED).deed(command("MV.ssh ceph " + disks))).isEqualTo(new TransferDeed.Nothing());
        assertScript(with(SHARED), command("MV fs_lvm " + disks));
        assertScript(with(SHARED), command("MV vendor " + disks));
    }

    /** StorPool's scripts read the attributes themselves, and have more to do than to leave the directory alone. */
    @ParameterizedTest
    @ValueSource(strings = {"MV storpool node1:/d/100/5 node2:/d/100/5 5 100", "DELETE storpool node1:/d/100/5 5 100"})
    void whoKnowsByItselfIsLeftToItself(String line) {
        assertScript(with(SHARED), command(line));
        assertThat(with(SHARED).around(around("PREMIGRATE", "storpool"), Set.of()))
                .isEqualTo(new TransferDeed.Scripts(List.of(around("PREMIGRATE", "storpool"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MV ceph node1:/d/100/5 node2:/d/101/5 5 101",
                "MV ceph node1:/d/100/5 node2:/e/100/5 5 100",
                "MV ceph node1:/d/100/5/disk.0 node2:/d/100/5 5 100",
                "MV ceph node1:/d/101/5 node2:/d/101/5 5 101",
                "MV ceph node1:/d/100/5",
                "MV ceph",
                "DELETE ceph node1:/d/100/5 5 100",
                "DELETE vendor node1:/d/100/5 5 100",
                "DELETE shared node1:/d/101/5 5 101",
                "DELETE shared node1:/d/100/5/disk.0 5 100",
                "DELETE shared",
                "CLONE shared fe:x node1:/d/100/5/disk.0 5 1",
                "SNAP_CREATE shared node1:/d/100/5/disk.0 0 5 1",
                "VENDOR shared node1:/d/100/5 5 100",
            })
    void whateverElseIsDoneByTheDriversScript(String line) {
        assertScript(with(SHARED), command(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "qcow2", "ssh"})
    void aDirectoryIsRemovedByDriversThatHaveNothingBeside(String driver) {
        assertThat(with(SHARED).deed(command("DELETE " + driver + " " + HERE + " 5 100")))
                .isEqualTo(new TransferDeed.RemoveDirectory(VmPlace.parse(HERE).orElseThrow()));
    }

    @Test
    void replicasAreTheDriversToRemove() {
        assertScript(
                with(Map.of("DS_SHARED", "yes", "REPLICA_HOST", "node9")), command("DELETE ssh " + HERE + " 5 100"));
    }

    @Test
    void withoutAnAnswerOrWithoutTheAttributeTheScriptsDoIt() {
        for (var datastores : List.of(Datastores.untold(), (Datastores) _ -> Optional.of(Map.of()))) {
            var directories = new SharedDirectories(datastores);
            assertScript(directories, command("MV shared " + HERE + " " + THERE + " 5 100"));
            assertScript(directories, command("DELETE shared " + HERE + " 5 100"));
            assertThat(directories.around(around("PREMIGRATE", "ceph"), Set.of("ceph")))
                    .isEqualTo(new TransferDeed.Scripts(List.of(around("PREMIGRATE", "ceph"))));
        }
    }

    @Test
    void aCoreThatFallsSilentChangesNothingThatWasKnown() {
        var silent = new boolean[1];
        var known = new LastKnown(_ -> silent[0] ? Optional.empty() : Optional.of(SHARED));
        var directories = new SharedDirectories(known);
        var move = command("MV ceph " + HERE + " " + THERE + " 5 100");
        assertThat(directories.deed(move)).isEqualTo(new TransferDeed.Nothing());
        silent[0] = true;

        assertThat(directories.deed(move)).isEqualTo(new TransferDeed.Nothing());
        assertScript(directories, command("MV ceph node1:/d/7/5 node2:/d/7/5 5 7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREMIGRATE", "POSTMIGRATE", "FAILMIGRATE"})
    void aLiveMigrationLeavesASharedDirectoryAloneAndCallsTheDriversOfOtherVolumesOnceEach(String verb) {
        assertThat(with(SHARED).around(around(verb, "ceph"), Set.of("ceph", "shared")))
                .isEqualTo(new TransferDeed.Nothing());
        assertThat(with(SHARED).around(around(verb, "ssh"), Set.of("lvm", "ceph", "vendor")))
                .isEqualTo(new TransferDeed.Scripts(
                        List.of(calledFor(verb, "lvm", "ssh"), calledFor(verb, "vendor", "ssh"))));
    }

    /** The sixth argument tells a driver that the directory isn't its own to bring. */
    @Test
    void aDriverWithVolumesOfItsOwnIsCalledAsForAnother() {
        assertThat(with(SHARED).around(around("PREMIGRATE", "fs_lvm_ssh"), Set.of("fs_lvm_ssh")))
                .isEqualTo(new TransferDeed.Scripts(List.of(calledFor("PREMIGRATE", "fs_lvm_ssh", "fs_lvm_ssh"))));
    }

    @Test
    void aMigrationThatWouldCopyDisksOntoThemselvesIsRefused() {
        var copied = with(Map.of("DS_SHARED", "yes", "SHARED", "NO"));

        assertThat(copied.around(around("PREMIGRATE", "ssh"), Set.of()))
                .isInstanceOfSatisfying(
                        TransferDeed.Refused.class,
                        it -> assertThat(it.why().code()).isEqualTo("transfer.copied-onto-itself"));
        assertThat(copied.around(around("FAILMIGRATE", "ssh"), Set.of())).isEqualTo(new TransferDeed.Nothing());
    }

    @Test
    void aMigrationToAnotherDatastoreIsTheScripts() {
        var command = new TransferCommand(
                "PREMIGRATE", "ssh", List.of("node1", "node1", "/var/lib/one//datastores/101/5", "5", "101"));

        assertThat(with(SHARED).around(command, Set.of())).isEqualTo(new TransferDeed.Scripts(List.of(command)));
    }

    @Test
    void otherCommandsOfAMessageAreTheScripts() {
        var context = command("CONTEXT shared context.sh node1:/d/100/5/disk.2 5 100");

        assertThat(with(SHARED).around(context, Set.of())).isEqualTo(new TransferDeed.Scripts(List.of(context)));
    }

    private static Map<String, String> carried(String shared, String... more) {
        var attributes = new HashMap<>(Map.of("DS_SHARED", shared, "BERTH_DIRECTORIES", "vms"));
        for (var index = 0; index < more.length; index += 2) {
            attributes.put(more[index], more[index + 1]);
        }
        return attributes;
    }

    /** Whatever its driver; without a datastore of Berth's that has the directories the scripts go on as before. */
    @ParameterizedTest
    @CsvSource({"no, ssh", "auto, ssh", "AUTO, ceph", "no, fs_lvm", "auto, vendor", "no, local", "auto, qcow2"})
    void aDirectoryThatHostsMayNotShareIsTakenAlongByTheEngine(String shared, String driver) {
        var move = command("MV " + driver + " " + HERE + " " + THERE + " 5 100");

        assertThat(with(carried(shared)).deed(move))
                .isEqualTo(new TransferDeed.MoveDirectory(
                        "vms",
                        VmPlace.parse(HERE).orElseThrow(),
                        VmPlace.parse(THERE).orElseThrow(),
                        Optional.empty()));
        assertScript(with(Map.of("DS_SHARED", shared)), move);
    }

    /** By OpenNebula's own attribute: each of them measures its folder's room once a VM has come there. */
    @Test
    void aHostThatMeasuresItsOwnFolderIsToldByWhichDriver() {
        var attributes = new HashMap<>(carried("no"));
        attributes.put("SHARED", "NO");

        assertThat(with(attributes).deed(command("MV ssh " + HERE + " " + THERE + " 5 100")))
                .isInstanceOfSatisfying(
                        TransferDeed.MoveDirectory.class,
                        move -> assertThat(move.measuredBy()).contains("ssh"));
    }

    @Test
    void aDatastoreThatNamesDirectoriesAndDoesNotSayWhoSharesThemIsTheScripts() {
        var move = command("MV ssh " + HERE + " " + THERE + " 5 100");

        assertScript(with(Map.of("BERTH_DIRECTORIES", "vms")), move);
        assertScript(with(Map.of("BERTH_DIRECTORIES", " ", "DS_SHARED", "no")), move);
        assertThat(with(carried("yes")).deed(move)).isEqualTo(new TransferDeed.Nothing());
    }

    @Test
    void whatStaysOnItsHostOrIsOnlyAFileOfTheDirectoryIsNotTakenAlong() {
        var directories = with(carried("auto"));

        assertThat(directories.deed(command("MV ssh " + HERE + " " + HERE + " 5 100")))
                .isEqualTo(new TransferDeed.Nothing());
        assertThat(directories.deed(command("MV ssh " + HERE + "/disk.0 " + THERE + "/disk.0 5 1")))
                .isEqualTo(new TransferDeed.Nothing());
        assertScript(directories, command("MV fs_lvm " + HERE + "/disk.0 " + THERE + "/disk.0 5 1"));
        assertScript(directories, command("MV storpool " + HERE + " " + THERE + " 5 100"));
    }

    /** What the engine has still to remove elsewhere it would take for the only one when this one is gone. */
    @Test
    void aDirectoryThatTheEngineTakesAlongIsTakenAwayOnceNothingIsLeftToBeDoneWithIt() {
        var here = VmPlace.parse(HERE).orElseThrow();
        var directories = with(carried("no"));

        assertThat(directories.deed(command("DELETE ssh " + HERE + " 5 100")))
                .isEqualTo(new TransferDeed.AfterSettling(here, new TransferDeed.RemoveDirectory(here)));
        for (var line : List.of(
                "DELETE ceph " + HERE + " 5 100", "MV ssh " + HERE + " node2:/var/lib/one/datastores/101/5 5 101")) {
            assertThat(directories.deed(command(line)))
                    .isEqualTo(new TransferDeed.AfterSettling(here, new TransferDeed.Scripts(List.of(command(line)))));
        }
        assertScript(directories, command("DELETE ceph " + HERE + "/disk.0 5 100"));
    }

    /** The engine moves the guest, and its directory with it: a script that brought it as well would be in its way. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "auto"})
    void aGuestThatTheEngineMovesTakesItsDirectoryAlongItself(String shared) {
        var directories = with(carried(shared, "CHECKPOINT_LOCATION", "block", "SHARED", "NO"));

        for (var verb : List.of("PREMIGRATE", "POSTMIGRATE", "FAILMIGRATE")) {
            assertThat(directories.around(around(verb, "ceph"), Set.of("ssh"))).isEqualTo(new TransferDeed.Nothing());
            assertThat(directories.around(around(verb, "ssh"), Set.of("vendor")))
                    .isEqualTo(new TransferDeed.Scripts(List.of(calledFor(verb, "vendor", "ssh"))));
            assertThat(directories.callsOthers(around(verb, "ssh"))).isTrue();
            assertThat(directories.areTakenAlongByGuests(around(verb, "ssh"))).isTrue();
        }
    }

    @Test
    void aScriptMovesAGuestOnlyWhereAPersonSaysWhoSharesItsDirectory() {
        assertThat(with(carried("no")).around(around("PREMIGRATE", "ssh"), Set.of()))
                .isEqualTo(new TransferDeed.Scripts(List.of(around("PREMIGRATE", "ssh"))));
        assertThat(with(carried("no")).callsOthers(around("PREMIGRATE", "ssh"))).isFalse();
        assertThat(with(carried("auto")).areTakenAlongByGuests(around("PREMIGRATE", "ssh")))
                .isFalse();
        assertThat(with(SHARED).areTakenAlongByGuests(around("PREMIGRATE", "ssh")))
                .isFalse();
        assertThat(with(carried("auto")).around(around("PREMIGRATE", "ssh"), Set.of()))
                .isInstanceOfSatisfying(
                        TransferDeed.Refused.class,
                        it -> assertThat(it.why().code()).isEqualTo("transfer.sharing-open"));
        assertThat(with(carried("auto")).around(around("FAILMIGRATE", "ssh"), Set.of()))
                .isEqualTo(new TransferDeed.Nothing());
    }

    private static void assertScript(SharedDirectories directories, TransferCommand command) {
        assertThat(directories.deed(command)).isEqualTo(new TransferDeed.Scripts(List.of(command)));
    }

    private static SharedDirectories with(Map<String, String> attributes) {
        return new SharedDirectories(datastore -> datastore == 100 ? Optional.of(attributes) : Optional.empty());
    }

    private static TransferCommand command(String line) {
        return TransferCommand.lines(line).getFirst();
    }

    private static TransferCommand around(String verb, String driver) {
        return new TransferCommand(
                verb, driver, List.of("node1", "node2", "/var/lib/one//datastores/100/5", "5", "100"));
    }

    private static TransferCommand calledFor(String verb, String driver, String caller) {
        var arguments = Stream.concat(around(verb, driver).arguments().stream(), Stream.of(caller));
        return new TransferCommand(verb, driver, arguments.toList());
    }
}
