package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.error;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FindingGuestsTest extends DriverFixture {
    @Test
    void aProcessThatLibvirtDeniesIsAnOrphan() {
        host.processes.put(7L, Golden.GUEST);
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.ORPHANED);
        assertThat(driver.list(NAME)).extracting(GuestView::state).containsExactly(GuestState.ORPHANED);
    }

    @Test
    void aShutOffGuestWithAProcessIsAnOrphanThatKeepsItsName() {
        host.guest(5, 0, true);
        host.processes.put(7L, Golden.GUEST);
        var view = driver.find(NAME, Golden.GUEST).orElseThrow();
        assertThat(view.state()).isEqualTo(GuestState.ORPHANED);
        assertThat(view.vm().name()).isEqualTo(Golden.NAME);
        assertThat(view.persistent()).isTrue();
    }

    @Test
    void aProcessThatEndsBetweenTwoLooksIsNoOrphan() {
        host.processes.put(7L, Golden.GUEST);
        host.on(host.hasLibrary ? "guest-look" : "guest-processes", command -> {
            var prefix = host.hasLibrary ? "process " : "";
            var answer = host.processes.isEmpty() ? "" : prefix + "7 " + Golden.GUEST + "\n";
            host.processes.clear();
            return ok(answer);
        });
        assertThat(driver.find(NAME, Golden.GUEST)).isEmpty();
    }

    @Test
    void aGuestNamedLikeAnothersUuidIsNotTakenForIt() {
        host.domains.put(UUID.randomUUID(), new FakeLibvirtHost.FakeDomain(Golden.GUEST.toString(), 1, 1, true));
        assertThat(driver.find(NAME, Golden.GUEST)).isEmpty();
        driver.destroy(CALL, NAME, VM);
        driver.undefine(CALL, NAME, VM);
        refused("vm.absent", () -> driver.pause(CALL, NAME, VM));
        assertThat(host.words()).doesNotContain("destroy", "undefine", "suspend");
    }

    @Test
    void aRestoredGuestThatSaysMigratingIsPausedWhenNoJobHoldsIt() {
        host.guest(3, 2, false);
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.PAUSED);
        host.job = Golden.text("job-save.txt");
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.BUSY);
    }

    @Test
    void aGuestThatIsBeingRestoredIsBusyThoughLibvirtNamesNoJob() {
        host.guest(3, 11, false);
        host.answersDommemstat = false;
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.BUSY);
    }

    @Test
    void libvirtThatDoesNotAnswerIsNoAbsentGuest() {
        host.hasLibrary = false; // as when the library is there and its daemon isn't
        host.on("list", command -> error(1, "error: failed to connect to the hypervisor\n"));
        refused("libvirt.unreachable", () -> driver.find(NAME, Golden.GUEST));
    }

    @Test
    void aGuestIsDescribedWithBothDefinitions() {
        host.guest(1, 1, true);
        var description = driver.describe(NAME, VM);
        assertThat(description.definition())
                .isEqualTo(Golden.text("migratable.xml").strip());
        assertThat(description.persistentDefinition())
                .contains(Golden.text("inactive.xml").strip());
        assertThat(description.profile().machine()).isEqualTo("pc-i440fx-7.2");
        assertThat(description.profile().emulatorVersion()).isEqualTo("7.2.22");
        assertThat(description.obstacles()).isEmpty();
        host.guest(1, 1, false);
        assertThat(driver.describe(NAME, VM).persistentDefinition()).isEmpty();
    }

    @Test
    void aGuestThatItsHostStartsByItselfIsDefinedAsSuchAgain() {
        host.guest(3, 1, true);
        host.autostarted = UUID.randomUUID() + "\n" + Golden.GUEST + "\n\n";
        var kept = driver.describe(NAME, VM).persistentDefinition().orElseThrow();
        var given = new ArrayList<String>();
        host.on("define", command -> {
            given.add(new String(command.stdin(), StandardCharsets.UTF_8));
            return ok("");
        });
        host.on("autostart", () -> given.add("autostart"));
        driver.define(CALL, NAME, VM, kept);
        assertThat(given).hasSize(2).last().isEqualTo("autostart");
        assertThat(GuestXml.parse(given.getFirst()).uuid()).isEqualTo(Golden.GUEST);
        assertThat(AutostartMark.isOn(kept)).isTrue();
        assertThat(given.getFirst()).doesNotContain("autostart");
    }

    @Test
    void aGuestThatIsThereIsForgottenWithoutBeingEnded() {
        host.guest(3, 1, true);
        host.on("undefine", () -> host.guest(3, 1, false));
        driver.undefine(CALL, NAME, VM);
        assertThat(driver.find(NAME, Golden.GUEST).orElseThrow().state()).isEqualTo(GuestState.PAUSED);
        assertThat(host.words()).contains("undefine").doesNotContain("destroy");
    }

    @Test
    void blockJobsAndSnapshotsAreObstacles() {
        host.guest(1, 1, true);
        host.blockJob = Golden.text("blockjob.txt");
        host.snapshots = "before-upgrade\n";
        assertThat(driver.describe(NAME, VM).obstacles())
                .extracting(Failure::code)
                .containsExactly("vm.block-job", "vm.has-snapshots");
    }

    @Test
    void anAbsentGuestCannotBeDescribed() {
        refused("vm.absent", () -> driver.describe(NAME, VM));
    }

    @Test
    void pausingTwiceIsFineAndPausingWhatIsOffIsNot() {
        host.guest(3, 1, true);
        driver.pause(CALL, NAME, VM);
        assertThat(host.words()).doesNotContain("suspend");
        host.guest(5, 0, true);
        host.processes.clear();
        refused("vm.wrong-state", () -> driver.pause(CALL, NAME, VM));
    }

    @Test
    void anErrorOfACommandThatDidItsWorkIsNoFailure() {
        host.guest(1, 1, true);
        host.on("suspend", command -> {
            host.guest(3, 1, true);
            return virshError("Timed out");
        });
        driver.pause(CALL, NAME, VM);
        host.on("resume", command -> virshError("cannot acquire state change lock"));
        refused("vm.busy", () -> driver.resume(CALL, NAME, VM));
    }

    @Test
    void destroyingEndsAnOrphanedProcessToo() {
        host.guest(3, 1, false);
        host.on("destroy", command -> {
            host.domains.clear();
            return virshError("something else");
        });
        host.on("end-process", command -> {
            assertThat(command.argv()).containsExactly("berth-host", "end-process", "100", Golden.GUEST.toString());
            host.processes.clear();
            return ok("");
        });
        driver.destroy(CALL, NAME, VM);
        assertThat(host.words()).contains("destroy", "end-process");
    }

    @Test
    void aGuestThatSurvivesItsDestructionIsAFailure() {
        host.guest(1, 1, false);
        host.on("destroy", command -> virshError("Device or resource busy"));
        refused("libvirt.failed", () -> driver.destroy(CALL, NAME, VM));
    }

    @Test
    void anotherGuestsDefinitionIsNotDefined() {
        refused(
                "vm.other-definition",
                () -> driver.define(
                        CALL,
                        NAME,
                        VM,
                        Golden.text("inactive.xml")
                                .replace(
                                        Golden.GUEST.toString(),
                                        UUID.randomUUID().toString())));
    }
}
