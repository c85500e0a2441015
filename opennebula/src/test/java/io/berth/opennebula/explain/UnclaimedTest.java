package io.berth.opennebula.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import io.berth.opennebula.oned.VmState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class UnclaimedTest {
    private static final String FRONT_END = HostLook.FRONT_END;

    private static VirtualMachine vm(VmState state) {
        return new VirtualMachine(42, "web", state, "", List.of(new HistoryRecord(3, "h1", "kvm", "ceph", 100)));
    }

    private static FoundFolder folder(String host, int datastore, String identity, String... setAside) {
        return new FoundFolder(host, datastore, "/one/" + datastore + "/42", 42, identity, List.of(setAside));
    }

    private static List<Leftover> leftovers(List<VirtualMachine> vms, FoundFolder... folders) {
        return new Unclaimed(vms, List.of(folders)).leftovers(List.of());
    }

    private static List<Leftover> volume(List<VirtualMachine> vms, String name) {
        return new Unclaimed(vms, List.of())
                .leftovers(List.of(FoundVolume.parse("pool one", name).orElseThrow()));
    }

    @Test
    void aVmsOwnFolderIsNone() {
        assertThat(leftovers(List.of(vm(VmState.RUNNING)), folder("h1", 100, "a")))
                .isEmpty();
        assertThat(leftovers(List.of(vm(VmState.STOPPED)), folder(FRONT_END, 100, "a")))
                .isEmpty();
    }

    @Test
    void whatStockSetAsideInItIsNamed() {
        assertThat(leftovers(List.of(vm(VmState.SUSPENDED)), folder("h1", 100, "a", "checkpoint.17", "checkpoint.18")))
                .extracting(Leftover::place, Leftover::what)
                .containsExactly(tuple("h1", "/one/100/42/checkpoint.17"), tuple("h1", "/one/100/42/checkpoint.18"));
    }

    @Test
    void aFolderThatAMigrationLeftIsNamedAndTheSharedOneIsNot() {
        assertThat(leftovers(
                        List.of(vm(VmState.RUNNING)),
                        folder("h1", 100, "a"),
                        folder("h2", 100, "b"),
                        folder("h3", 100, "a"),
                        folder(FRONT_END, 100, "a")))
                .extracting(Leftover::place)
                .containsExactly("h2");
    }

    @Test
    void oneOnADatastoreThatTheVmHasLeftIsNamed() {
        assertThat(leftovers(List.of(vm(VmState.POWEROFF)), folder("h1", 100, "a"), folder("h1", 101, "b")))
                .extracting(Leftover::what)
                .containsExactly("/one/101/42");
    }

    /** A host that is silent may have the VM's own. */
    @Test
    void theOnlyFolderThatIsSeenIsToBeKept() {
        assertThat(leftovers(List.of(vm(VmState.STOPPED)), folder("h1", 100, "a")))
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.remark()).endsWith("keep it"));
    }

    @Test
    void whatTwoMachinesShareAndNobodyOwnsIsNamedOnce() {
        assertThat(leftovers(List.of(), folder("h1", 100, "a"), folder("h2", 100, "a"), folder("h3", 100, "b")))
                .extracting(Leftover::place)
                .containsExactly("h1", "h3");
    }

    @Test
    void foldersWhoseIdentityIsNotKnownAreNotTakenForOne() {
        assertThat(leftovers(List.of(), folder("h1", 100, ""), folder("h2", 100, "")))
                .hasSize(2);
    }

    /** Its folders may be anywhere, and each may be the half of the other. */
    @ParameterizedTest
    @EnumSource(
            value = VmState.class,
            mode = Mode.EXCLUDE,
            names = {"RUNNING", "SUSPENDED", "POWEROFF", "STOPPED", "UNDEPLOYED"})
    void ofAVmThatIsOnItsWayNothingIsSaid(VmState state) {
        assertThat(leftovers(List.of(vm(state)), folder("h1", 100, "a", "checkpoint.17"), folder("h2", 100, "b")))
                .isEmpty();
        assertThat(volume(List.of(vm(state)), "one-sys-42-checkpoint")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, ''",
        "STOPPED, ''",
        "RUNNING, must never be restored",
        "POWEROFF, switched off",
        "UNDEPLOYED, switched off"
    })
    void aVolumeWithMemoryIsLeftBehindWhenItsVmHasNoUseForIt(VmState state, String remark) {
        for (var name : List.of("one-sys-42-checkpoint", "one-sys-42-rawcheckpoint", "one-vm-42-checkpoint")) {
            assertThat(volume(List.of(vm(state)), name).stream()
                            .map(Leftover::remark)
                            .findFirst()
                            .orElse(""))
                    .contains(remark)
                    .matches(text -> text.isEmpty() == remark.isEmpty());
        }
    }

    @Test
    void aVolumeOfAVmThatIsNoMoreIsNamed() {
        assertThat(volume(List.of(), "one-vm-42-checkpoint"))
                .extracting(Leftover::place, Leftover::what)
                .containsExactly(tuple("pool one", "one-vm-42-checkpoint"));
    }

    @ParameterizedTest
    @CsvSource({
        "one-42-disk-0",
        "one-sys-42-iso",
        "one-sys-x-checkpoint",
        "one-sys-42-checkpoint-2",
        "one-sys--checkpoint"
    })
    void whateverElseIsNoVolumeWithMemory(String name) {
        assertThat(FoundVolume.parse("pool one", name)).isEmpty();
    }
}
