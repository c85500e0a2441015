package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.hypervisor.MigrationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigratingTest extends DriverFixture {
    @BeforeEach
    void nobodyCommandsAMigration() {
        host.guest(1, 1, false);
        host.on("guard-read", command -> ok("epoch 1\n"));
    }

    @Test
    void aMigrationIsWaitedForUntilItsJobHasEnded() {
        var looks = new int[1];
        host.on("domjobinfo", command -> ok(++looks[0] < 3 ? "Job type: 2\nmemory_processed: 1\n" : "Job type: 0\n"));

        driver.awaitMigration(CALL, NAME, VM);

        assertThat(looks[0]).isEqualTo(3);
    }

    @Test
    void aGuestThatHasJustLeftIsNotBeingMoved() {
        host.on("domjobinfo", command -> virshError("Requested operation is not valid: domain is not running"));

        driver.awaitMigration(CALL, NAME, VM);

        assertThat(host.words()).contains("domjobinfo", "guard-read");
    }

    @Test
    void aGuestThatIsNotKnownIsNotBeingMoved() {
        host.gone();

        driver.awaitMigration(CALL, NAME, VM);

        assertThat(host.words()).contains("domjobinfo", "guard-read");
    }

    @Test
    void aTargetWithoutRoomForTheGuestsMemoryIsToldWithWhatToDo() {
        host.liveDefinition = host.liveDefinition.replaceAll("(?s)<disk .*?</disk>", "");
        host.on("nodememstats", command -> ok("total  :  8000000 KiB\nfree   :  98303 KiB\n"));

        assertThat(obstacles(Set.of(), Set.of()))
                .filteredOn(obstacle -> obstacle.is("host.no-memory"))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.next()).contains("choose another host"));

        host.on("nodememstats", command -> ok("total  :  8000000 KiB\nfree   :  98304 KiB\n"));
        assertThat(obstacles(Set.of(), Set.of())).noneMatch(obstacle -> obstacle.is("host.no-memory"));
    }

    /** And a disk of the guest's own that is on the network keeps its connection. */
    @Test
    void aCopyToAHostThatIsGoneIsCutOffWhenItsAbortionHangs() {
        host.job = "Job type: 2\nmemory_processed: 1\n";
        host.on("domjobabort", command -> ok(""));
        var cut = new ArrayList<String>();
        host.on("qemu-monitor-command", command -> {
            if (command.argv().getLast().contains("query-yank")) {
                return ok("{\"return\":[{\"type\":\"block-node\",\"node-name\":\"libvirt-1-storage\"},"
                        + "{\"node-name\":\"migration-vda-storage\",\"type\":\"block-node\"}]}");
            }
            cut.add(command.argv().getLast());
            host.job = "Job type: 0\n";
            return ok("{\"return\":{}}");
        });

        driver.cancelMigration(CALL, NAME, VM);

        assertThat(cut).singleElement().asString().contains("\"yank\"", "\"migration-vda-storage\"");
    }

    private void withRoom() {
        host.on("nodememstats", command -> ok("total  :  8000000 KiB\nfree   :  8000000 KiB\n"));
    }

    private List<Failure> obstacles(Set<String> copied, Set<String> brought) {
        var request = new MigrationRequest(new HostRef("h2"), onADiskFile(), copied);
        return driver.migrationObstacles(NAME, VM, request, brought);
    }

    @Test
    void aDiskThatIsToBeBroughtNeedNotBeThere() {
        withRoom();
        host.on("realpath", command -> new CommandResult(1, "", "no such file", false));

        assertThat(obstacles(Set.of(), Set.of())).anyMatch(found -> found.is("migrate.disk-not-shared"));
        assertThat(obstacles(Set.of("vda"), Set.of("vda"))).noneMatch(found -> found.is("migrate.disk-not-shared"));
    }

    @Test
    void aDiskThatQemuCanNotCopyIsToldBeforeAnythingIsTouched() {
        withRoom();
        host.liveDefinition = host.liveDefinition.replaceFirst("(<driver name='qemu' type=)'raw'", "$1'vmdk'");

        assertThat(obstacles(Set.of("vda"), Set.of("vda")))
                .filteredOn(found -> found.is("migrate.disk-not-copied"))
                .singleElement()
                .satisfies(found -> assertThat(found.next()).contains("--cold"));
    }

    @Test
    void aCopiedImageIsMadeAsLargeAsTheGuestSeesIt() {
        var made = new ArrayList<List<String>>();
        host.on(
                "domblkinfo",
                command -> ok("Capacity:       16777216\nAllocation:     200704\nPhysical:       196616\n"));
        host.on("qemu-img", command -> {
            made.add(command.argv());
            return ok("");
        });
        host.on("suspend", () -> host.guest(3, 1, false));
        host.on("migrate", command -> ok(""));
        var definition = onADiskFile().replaceFirst("(<driver name='qemu' type=)'raw'", "$1'qcow2'");

        driver.migrate(CALL, NAME, VM, new MigrationRequest(new HostRef("h2"), definition, Set.of("vda")));

        assertThat(made)
                .containsExactly(
                        List.of("qemu-img", "create", "-q", "-f", "qcow2", "/srv/the disks/a.raw", "16777216"));
        assertThat(host.words()).doesNotContain("replace");
    }

    @Test
    void whatAnUnfinishedProofHasLeftBesideADiskIsRemovedByItsOperation() {
        var touched = withADiskFile();
        // The target reads what isn't there.
        host.on("read", command -> ok("something else"));
        var request = new MigrationRequest(new HostRef("h2"), onADiskFile(), Set.of());

        refused("migrate.disk-not-shared", () -> driver.migrate(CALL, NAME, VM, request));
        driver.clearMigration(CALL, NAME, request);

        var mark = "/srv/the disks/.berth-seen-operation1";
        assertThat(touched).containsExactly("replace " + mark, "remove " + mark, "remove " + mark);
    }

    private List<String> withADiskFile() {
        var touched = new ArrayList<String>();
        host.on("realpath", command -> ok("/srv/the disks/a.raw\n"));
        host.on("env", command -> ok("regular file:17:4096\n"));
        for (var change : List.of("replace", "remove")) {
            host.on(change, command -> {
                touched.add(change + " " + command.argv().getLast());
                return ok("");
            });
        }
        return touched;
    }

    private static String onADiskFile() {
        return Golden.text("migratable.xml")
                .replace("<disk type='block' device='disk'>", "<disk type='file' device='disk'>")
                .replace("<source dev='/dev/loop41'/>", "<source file='/srv/the disks/a.raw'/>");
    }
}
