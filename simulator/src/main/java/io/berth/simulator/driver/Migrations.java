package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MigrationRequest;
import io.berth.simulator.world.Migration;
import io.berth.simulator.world.SimulatedHost;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Brings guests from host to host. Between the phases the one who waits may be lost, and either host; the daemons go on.
 */
final class Migrations {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Calls calls;

    Migrations(Calls calls) {
        this.calls = calls;
    }

    void migrate(Call call, HostRef at, VmRef vm, MigrationRequest request) {
        var to = request.to();
        calls.change(at, "guests.migrate", call.token(), host -> {
            var copy = SimulatedHypervisorDriver.mine(calls.world(), host, vm);
            var target = calls.world().host(to);
            if (!target.isReachable()) {
                throw refused("migrate.no-way", "the hosts don't see each other", at);
            }
            if (target.copy(vm.uuid()).isPresent()) {
                throw refused("vm.exists", vm + " is there already", to);
            }
            var migration = calls.world()
                    .migrate(
                            copy,
                            host,
                            target,
                            call.token().operation(),
                            !request.copied().isEmpty())
                    .orElseThrow(() -> refused("libvirt.failed", vm + " has no disk there", to));
            while (!migration.isOver()) {
                attend(migration, host, target);
            }
            if (migration.phase() == Migration.Phase.GIVEN_UP) {
                throw refused("libvirt.failed", "the migration failed", at);
            }
            return true;
        });
    }

    /** One phase, in the midst of which something may happen at either host. */
    private void attend(Migration migration, SimulatedHost from, SimulatedHost to) {
        var phase = migration.phase();
        for (var host : List.of(from, to)) {
            try {
                calls.middle(host.ref(), "guests.migrate " + phase.name().toLowerCase(Locale.ROOT));
            } catch (Failure failure) {
                if (!failure.isUnknownOutcome()) {
                    migration.giveUp();
                }
                throw failure;
            }
            if (!from.isReachable()) {
                throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the migration was lost from sight")
                        .host(from.ref())
                        .next("look what became of it")
                        .build();
            }
        }
        if (migration.isWhole() && migration.phase() == phase) {
            migration.next();
        } else {
            calls.world().pass(BETWEEN_LOOKS);
        }
    }

    void await(HostRef at, VmRef vm) {
        calls.look(at, "guests.await-migration", host -> {
            awaitEnd(host, vm);
            return true;
        });
    }

    void cancel(Call call, HostRef at, VmRef vm) {
        calls.change(at, "guests.cancel-migration", call.token(), host -> {
            calls.world().migration(host, vm.uuid()).ifPresent(Migration::abort);
            awaitEnd(host, vm);
            return true;
        });
    }

    /** Its daemons come to an end of it by themselves, one way or the other. */
    private void awaitEnd(SimulatedHost host, VmRef vm) {
        while (calls.world().migration(host, vm.uuid()).isPresent()) {
            calls.world().pass(BETWEEN_LOOKS);
        }
    }

    private static Failure refused(String code, String what, HostRef at) {
        return Failure.of(FailureKind.HYPERVISOR, code, what)
                .host(at)
                .next("look at both hosts")
                .build();
    }
}
