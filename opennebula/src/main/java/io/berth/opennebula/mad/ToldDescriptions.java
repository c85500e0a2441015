package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.oned.VmState;
import io.berth.opennebula.shared.VmDescriptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** VMs as the core describes them, asked each time. Thread-safe. */
record ToldDescriptions(Map<String, String> environment) implements VmDescriptions {
    @Override
    public Optional<Described> vm(int vm) {
        try {
            var told = Oned.find(environment).storage(vm);
            return Optional.of(new Described(
                    whereabouts(told.state()),
                    told.disks().stream()
                            .map(disk -> new Disk(
                                    disk.number(), disk.type().toUpperCase(Locale.ROOT), disk.transferDriver()))
                            .toList(),
                    told.contextDisk()));
        } catch (Failure untold) {
            return Optional.empty();
        }
    }

    private static Whereabouts whereabouts(VmState state) {
        return switch (state) {
            case EPILOG_STOP, EPILOG_STOP_FAILURE, EPILOG_UNDEPLOY, EPILOG_UNDEPLOY_FAILURE -> Whereabouts.FRONT_END;
            case PROLOG_MIGRATE,
                    PROLOG_MIGRATE_FAILURE,
                    PROLOG_MIGRATE_POWEROFF,
                    PROLOG_MIGRATE_POWEROFF_FAILURE,
                    PROLOG_MIGRATE_SUSPEND,
                    PROLOG_MIGRATE_SUSPEND_FAILURE,
                    PROLOG_RESUME,
                    PROLOG_RESUME_FAILURE,
                    PROLOG_UNDEPLOY,
                    PROLOG_UNDEPLOY_FAILURE -> Whereabouts.HOST;
            default -> Whereabouts.UNKNOWN;
        };
    }
}
