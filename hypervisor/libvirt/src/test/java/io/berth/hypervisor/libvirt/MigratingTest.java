package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;

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
}
