package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.HostMemory;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each reader of a program's answer against what the program really said. */
class AnswersTest {
    @Test
    void surveyTellsNameStateAndPersistenceOfEachGuest() {
        var domains =
                SurveyParser.parse(Golden.text("list.txt"), Golden.text("persistent.txt"), Golden.text("domstats.txt"));
        assertThat(domains)
                .containsExactly(
                        new SurveyedDomain(Golden.GUEST, Golden.NAME, true, new DomainState(3, 1)),
                        new SurveyedDomain(
                                UUID.fromString("19f5cd08-b90c-48c0-95cc-0b6ff45c0ac0"),
                                "nodisk",
                                false,
                                new DomainState(1, 1)),
                        new SurveyedDomain(
                                UUID.fromString("1f8b6a0e-5f3c-4d52-9b1a-2c7d6e5f4a3b"),
                                "off",
                                true,
                                new DomainState(5, 0)));
    }

    @Test
    void whatAHostCachesCountsAsFree() {
        assertThat(HostRoom.parse(Golden.text("nodememstats.txt")))
                .contains(new HostMemory(DataSize.ofKibibytes(22_988_936), DataSize.ofKibibytes(24_684_084)));
    }

    @Test
    void aHostThatTellsNoMemoryIsNotOneWithoutAny() {
        assertThat(HostRoom.parse("")).isEmpty();
        assertThat(HostRoom.parse("total  : much\nfree   : 5 KiB\n")).isEmpty();
    }

    @Test
    void aGuestThatComesOrGoesBetweenTheQuestionsIsBusy() {
        var domains = SurveyParser.parse(Golden.text("list.txt"), "", "");
        assertThat(domains).hasSize(3).allSatisfy(domain -> {
            assertThat(domain.state().guestState()).isEqualTo(GuestState.BUSY);
            assertThat(domain.persistent()).isFalse();
        });
    }

    @Test
    void paddedColumnsAndNamesWithTrailingBlanksAreTold() {
        var uuid = "0f8b6a0e-5f3c-4d52-9b1a-2c7d6e5f4a3b";
        assertThat(SurveyParser.parse(uuid + " vm        ", "", "Domain: 'vm'\n  state.state=1\n  state.reason=5\n"))
                .singleElement()
                .satisfies(domain -> assertThat(domain.name()).isEqualTo("vm"));
        assertThat(SurveyParser.parse(uuid + " vm ", "", "Domain: 'vm '\n  state.state=1\n  state.reason=5\n"))
                .singleElement()
                .satisfies(domain -> assertThat(domain.name()).isEqualTo("vm "));
    }

    @Test
    void aNameThatLooksLikeAnotherAnswerIsAName() {
        var uuid = "0f8b6a0e-5f3c-4d52-9b1a-2c7d6e5f4a3b";
        var name = "x' state.state=5 Domain: 'y";
        assertThat(SurveyParser.parse(
                        uuid + " " + name, "", "Domain: '" + name + "'\n  state.state=1\n  state.reason=1"))
                .singleElement()
                .satisfies(domain -> assertThat(domain.state().guestState()).isEqualTo(GuestState.RUNNING));
    }

    @Test
    void everyStateOfLibvirtHasAMeaning() {
        assertThat(new DomainState(1, 3).guestState()).isEqualTo(GuestState.RUNNING);
        assertThat(new DomainState(3, 1).guestState()).isEqualTo(GuestState.PAUSED);
        assertThat(new DomainState(3, 5).guestState()).as("I/O error").isEqualTo(GuestState.BROKEN);
        assertThat(new DomainState(4, 0).guestState()).isEqualTo(GuestState.BUSY);
        assertThat(new DomainState(5, 0).guestState()).isEqualTo(GuestState.SHUT_OFF);
        assertThat(new DomainState(6, 0).guestState()).isEqualTo(GuestState.BROKEN);
        assertThat(new DomainState(42, 0).guestState()).as("of a later libvirt").isEqualTo(GuestState.BUSY);
        assertThat(new DomainState(3, 99).words()).isEqualTo("reason 99");
    }

    @Test
    void jobsAreActiveOnlyWhileTheyMoveMemory() {
        assertThat(JobStatistics.parse(Golden.text("job-none.txt")).active()).isFalse();
        assertThat(JobStatistics.parse(Golden.text("job-save.txt")))
                .isEqualTo(new JobStatistics(true, 48273185, 467861504, 1));
        assertThat(JobStatistics.parse("""
                        Job type: 2
                        memory_processed: 1
                        memory_remaining: 2
                        disk_processed: 30
                        disk_remaining: 40
                        """)).isEqualTo(new JobStatistics(true, 31, 42, 0));
        assertThat(JobStatistics.parse("Job type: 3\nmemory_processed: 1\n").active())
                .as("completed")
                .isFalse();
        assertThat(JobStatistics.parse("").active()).isFalse();
    }

    @Test
    void blockJobsAreTold() {
        assertThat(BlockJobs.isActive(Golden.text("blockjob.txt"))).isTrue();
        assertThat(BlockJobs.isActive(Golden.text("blockjob-none.txt"))).isFalse();
        assertThat(BlockJobs.isActive("No current block job for vda")).isFalse();
    }

    @Test
    void theVersionsOfAHostAreThoseOfItsLibraryAndItsHypervisor() {
        assertThat(HostVersions.parse(Golden.text("version.txt"))).isEqualTo("libvirt 9.0.0, QEMU 7.2.22");
        assertThat(HostVersions.parse("nothing of the kind")).isEmpty();
    }

    @Test
    void emulatorVersionsCompareByTheirFirstTwoNumbers() {
        var here = EmulatorVersion.ofAnswer(Golden.text("version.txt")).orElseThrow();
        assertThat(here).isEqualTo(new EmulatorVersion(7, 2, 22));
        assertThat(here.isOlderThan(new EmulatorVersion(7, 2, 30))).isFalse();
        assertThat(here.isOlderThan(new EmulatorVersion(8, 0, 0))).isTrue();
        assertThat(here.isOlderThan(new EmulatorVersion(7, 10, 0))).isTrue();
        assertThat(here.isOlderThan(new EmulatorVersion(6, 9, 0))).isFalse();
        assertThat(EmulatorVersion.parse("unknown")).isEmpty();
        assertThat(EmulatorVersion.ofAnswer("")).isEmpty();
    }

    @Test
    void aLookTellsDomainsWhateverTheyAreCalledAndProcesses() {
        var look = HostLook.parse("domain " + Golden.GUEST + " 3 1 kept 610a62\ndomain " + Golden.GUEST
                + " -1 -1 transient \nprocess 27625 " + Golden.GUEST + "\nnonsense\ndomain x\n");

        assertThat(look.domains())
                .containsExactly(
                        new SurveyedDomain(Golden.GUEST, "a\nb", true, new DomainState(3, 1)),
                        new SurveyedDomain(Golden.GUEST, "", false, DomainState.UNTOLD));
        assertThat(look.processes()).containsExactly(new GuestProcess(27625, Golden.GUEST));
    }

    @Test
    void guestProcessesAreTold() {
        assertThat(GuestProcess.parse("27625 " + Golden.GUEST + "\n\nnonsense\n1 not-a-uuid\n"))
                .containsExactly(new GuestProcess(27625, Golden.GUEST));
    }

    @Test
    void writtenBytesAreTheSeventhNumberInSectors() {
        assertThat(WriteCounter.parse("   2   0   16   0   124  15482  124840   716  0  52  717 0 0 0 0 1 0\n"))
                .hasValue(124840L * 512);
        assertThat(WriteCounter.parse("")).isEmpty();
        assertThat(WriteCounter.parse("a b c d e f g h")).isEmpty();
        assertThat(WriteCounter.parse("1 1 1 1 1 1 9223372036854775807")).isEmpty();
    }

    @Test
    void aHostsCpuHasTheSameNameWhateverItsFrequency() {
        var capabilities = Golden.text("capabilities.xml");
        var name = HostCpu.name(capabilities);
        assertThat(name).startsWith("host-passthrough kvm64 ");
        assertThat(HostCpu.name(capabilities.replace("<topology sockets='1'", "<topology sockets='2'")))
                .isEqualTo(name);
        assertThat(HostCpu.name(capabilities.replace("microcode version='1", "microcode version='2")))
                .isNotEqualTo(name);
        assertThat(HostCpu.name(capabilities.replace("<feature name='fma'/>", "")))
                .isNotEqualTo(name);
    }
}
