package io.berth.opennebula.run;

import io.berth.driver.Failure;
import io.berth.opennebula.action.Ask;
import io.berth.opennebula.action.Recipes;
import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.message.DriverMessage;
import java.util.Optional;
import java.util.Set;

/** Answers requests for the VM driver. Thread-safe. */
public final class VmmRequests {
    private final SiteScripts site;
    private final Set<String> liveSnapshots;
    private final HostScripts hosts;
    private final EngineMemory memory;

    /**
     * @param liveSnapshots pairs {@code VM_MAD-TM_MAD} whose disks can be snapshot while the guest runs
     * @param memory for datastores that ask for it
     */
    public VmmRequests(SiteScripts site, Set<String> liveSnapshots, EngineMemory memory) {
        this.site = site;
        this.liveSnapshots = Set.copyOf(liveSnapshots);
        this.hosts = new HostScripts(site.places().here(), site.places().there(), site.copier());
        this.memory = memory;
    }

    /**
     * Does what is asked, and waits for its end.
     *
     * @return the answer; empty when the core took the request back meanwhile
     */
    public Optional<Outgoing.Reply> answer(VmmRequest request, DriverMessage message, RequestLog log) {
        try {
            var recipe = Recipes.of(request, new Ask(request, message, site.places(), liveSnapshots));
            var outcome =
                    RequestRun.of(site, hosts, memory, message, recipe, log).run(recipe);
            return Optional.of(new Outgoing.Reply(request.name(), outcome.success(), log.vm(), outcome.info()));
        } catch (RequestStopped stopped) {
            return Optional.empty();
        } catch (Failure refused) {
            return Optional.of(refusal(request, log.vm(), refused));
        }
    }

    /** What users see of a failure; the advice is for the log, where there is room. */
    public static Outgoing.Reply refusal(VmmRequest request, int vm, Failure failure) {
        return new Outgoing.Reply(request.name(), false, vm, reason(failure));
    }

    static String reason(Failure failure) {
        return failure.what() + (failure.why().isEmpty() ? "" : ": " + failure.why());
    }
}
