package io.berth.opennebula.run;

import io.berth.driver.Failure;
import io.berth.opennebula.action.Ask;
import io.berth.opennebula.action.MemoryScript;
import io.berth.opennebula.action.Recipe;
import io.berth.opennebula.action.Recipes;
import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Waiting;
import io.berth.opennebula.message.DriverMessage;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
        return answer(request, message, log, log, ask -> Recipes.of(request, ask));
    }

    /**
     * Does what the hypervisor's script of that name is for, and waits for its end.
     *
     * @param log of a request that nobody can take back: its scripts are left to themselves, as the driver that calls it
     *     leaves them
     * @param waiting may be asked to stop; it is told nevertheless what came of it
     */
    public Outgoing.Reply inPlaceOf(MemoryScript script, DriverMessage message, RequestLog log, Waiting waiting) {
        return answer(script.request(), message, log, waiting, script::recipe).orElseThrow();
    }

    /**
     * Finds out what came of a request that a driver before this one had. Whatever scripts do is theirs: nobody can tell
     * whether they go on.
     *
     * @param message made anew
     * @return empty also when nothing can be told
     */
    public Optional<Outgoing.Reply> conclude(VmmRequest request, DriverMessage message, RequestLog log) {
        try {
            var recipe = Recipes.of(request, new Ask(request, message, site.places(), liveSnapshots));
            return recipe instanceof Recipe.Memory deed
                    ? Optional.of(
                            reply(request, log, run(message, recipe, log, log).conclude(deed)))
                    : Optional.empty();
        } catch (RequestStopped stopped) {
            return Optional.empty();
        } catch (Failure untold) {
            log.failure(untold);
            return Optional.empty();
        }
    }

    private Optional<Outgoing.Reply> answer(
            VmmRequest request, DriverMessage message, RequestLog log, Waiting waiting, Function<Ask, Recipe> recipes) {
        try {
            var recipe = recipes.apply(new Ask(request, message, site.places(), liveSnapshots));
            return Optional.of(
                    reply(request, log, run(message, recipe, log, waiting).run(recipe)));
        } catch (RequestStopped stopped) {
            return Optional.empty();
        } catch (Failure refused) {
            return Optional.of(Outgoing.Reply.refusal(request.name(), log.vm(), refused));
        }
    }

    private RequestRun run(DriverMessage message, Recipe recipe, RequestLog log, Waiting waiting) {
        return RequestRun.of(site, hosts, memory, message, recipe, log, waiting);
    }

    private static Outgoing.Reply reply(VmmRequest request, RequestLog log, StepOutcome outcome) {
        return new Outgoing.Reply(request.name(), outcome.success(), log.vm(), outcome.info());
    }
}
