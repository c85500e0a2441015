package io.berth.server;

import io.berth.core.operation.Recovered;
import io.berth.driver.Failure;
import io.berth.driver.Printable;
import io.berth.engine.Upkeep;
import io.berth.engine.wire.Api;
import io.berth.server.task.Tasks;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with operations whose process is gone. As a task: a daemon that stops waits for it, and people can follow it.
 * Never says that a host is dead.
 */
final class Recovery implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");

    private final Upkeep upkeep;
    private final Tasks tasks;

    Recovery(Upkeep upkeep, Tasks tasks) {
        this.upkeep = upkeep;
        this.tasks = tasks;
    }

    @Override
    public void run() {
        if (upkeep.unfinished().stream().allMatch(entry -> tasks.isAtWorkOn(entry.id()))) {
            return;
        }
        try {
            var _ = tasks.start(Api.RECOVER.name(), watch -> {
                var recovered = upkeep.recover(Set.of(), watch);
                recovered.forEach(Recovery::tell);
                return Api.RECOVER.result().get().write(recovered);
            });
        } catch (Failure refused) {
            LOG.info("event=recovery-postponed why={}", Printable.line(refused.getMessage()));
        }
    }

    private static void tell(Recovered recovered) {
        if (recovered.obstacle().filter(obstacle -> obstacle.is("vm.busy")).isPresent()) {
            return; // a living process works on it
        }
        LOG.info(
                "operation={} event=recovered state={} obstacle={}",
                recovered.operation().id(),
                recovered.result().map(result -> result.state().name()).orElse("left-alone"),
                recovered
                        .obstacle()
                        .or(() -> recovered.result().flatMap(result -> result.failure()))
                        .map(Failure::getMessage)
                        .map(Printable::line)
                        .or(() -> Optional.of("none"))
                        .get());
    }
}
