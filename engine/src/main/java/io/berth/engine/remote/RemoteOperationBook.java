package io.berth.engine.remote;

import io.berth.core.journal.OperationEntry;
import io.berth.driver.OperationId;
import io.berth.engine.OperationBook;
import io.berth.engine.OperationDetail;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.ById;
import io.berth.engine.wire.Asked.History;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class RemoteOperationBook implements OperationBook {
    private final Caller caller;

    RemoteOperationBook(Caller caller) {
        this.caller = caller;
    }

    @Override
    public List<OperationEntry> list(Optional<UUID> vm, int limit) {
        return caller.call(Api.OPERATIONS, new History(vm, Optional.of(limit)));
    }

    @Override
    public OperationDetail find(OperationId id) {
        return caller.call(Api.OPERATION, new ById(id));
    }

    @Override
    public OperationEntry cancel(OperationId id) {
        return caller.call(Api.CANCEL, new ById(id));
    }
}
