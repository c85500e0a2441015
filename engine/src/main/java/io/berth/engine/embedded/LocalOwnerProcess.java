package io.berth.engine.embedded;

import io.berth.core.journal.Owner;
import io.berth.driver.OperationId;
import io.berth.journal.sqlite.Machine;

/**
 * Sends SIGTERM, which every Berth understands as a wish to cancel. The process is recognised by its start time: a pid
 * alone may have been given to somebody else.
 */
final class LocalOwnerProcess implements OwnerProcess {
    private final Machine machine;

    LocalOwnerProcess(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Answer askToStop(Owner owner, OperationId operation) {
        if (!machine.identity().equals(owner.machine())) {
            return Answer.ELSEWHERE;
        }
        if (!machine.runs(owner.pid(), owner.started())) {
            return Answer.GONE;
        }
        return ProcessHandle.of(owner.pid())
                .map(process -> process.destroy() ? Answer.ASKED : Answer.FORBIDDEN)
                .orElse(Answer.GONE);
    }
}
