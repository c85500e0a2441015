package io.berth.opennebula.mad;

import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.run.VmmRequests;
import java.util.List;
import java.util.Optional;

/** Of the VM driver. */
final class VmmDuty implements Duty {
    private final VmmSettings settings;
    private final EngineMemory memory;
    private final VmmRequests requests;

    VmmDuty(VmmSettings settings, Engines engines) {
        this.settings = settings;
        this.memory = new EngineMemory(engines);
        this.requests = new VmmRequests(settings.site(), settings.liveSnapshots(), memory);
    }

    @Override
    public int threads() {
        return settings.options().threads();
    }

    @Override
    public boolean knows(String action) {
        return VmmRequest.named(action).isPresent();
    }

    @Override
    public Job job(String action, int vm, String payload) {
        var request = VmmRequest.named(action).orElseThrow();
        var message = DriverMessage.parse(payload);
        return new Job(action, vm, message.subject(), ownHost(message), log -> requests.answer(request, message, log));
    }

    private Optional<String> ownHost(DriverMessage message) {
        return settings.options().parallel() || message.host().isEmpty()
                ? Optional.empty()
                : Optional.of(message.host());
    }

    @Override
    public boolean isOutdated(String older, String newer) {
        return !older.equals(newer)
                && VmmRequest.named(older).filter(VmmRequest::isOfMemory).isPresent()
                && VmmRequest.named(newer).filter(VmmRequest::isNextInLife).isPresent();
    }

    @Override
    public List<Job> owed() {
        return new OwedJobs(settings.owed(), requests).find();
    }

    @Override
    public void finish() {
        memory.finish();
    }
}
