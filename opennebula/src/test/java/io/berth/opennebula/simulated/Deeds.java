package io.berth.opennebula.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.opennebula.action.ForeignImage;
import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Readiness;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.memory.Waiting;
import io.berth.simulator.boundary.Injector;
import java.util.Optional;

/** What the core can want of the simulated site's guest, asked for as the driver does, and whether it is so. */
final class Deeds {
    private Deeds() {}

    static MemoryDeed save() {
        return save(Site.HERE);
    }

    static MemoryDeed save(HostRef host) {
        return new MemoryDeed.Save("one-5", host, Site.DATASTORE);
    }

    static MemoryDeed restore(HostRef host) {
        return new MemoryDeed.Restore("one-5", host, Optional.empty());
    }

    static MemoryDeed restoreForeign(HostRef host) {
        var vm = Site.savedByScripts().vm(); // the same in each
        return new MemoryDeed.Restore("one-5", host, Optional.of(new ForeignImage(Site.FOREIGN, vm)));
    }

    static MemoryDeed move() {
        return new MemoryDeed.Move("one-5", Site.HERE, Site.THERE);
    }

    static Site site(Memory memory) {
        return switch (memory) {
            case ON_ITS_HOST -> new Site();
            case IN_A_CHECKPOINT -> {
                var site = new Site();
                assertThat(ask(site.start(Injector.none()).memory(), save(), site.request()))
                        .isInstanceOf(Verdict.Done.class);
                yield site;
            }
            case IN_A_FOREIGN_IMAGE -> Site.savedByScripts();
        };
    }

    /** How many calls an engine makes for it when nothing goes wrong. */
    static int calls(MemoryDeed deed, Memory memory) {
        var site = site(memory);
        var driver = site.start(Injector.none());
        assertThat(ask(driver.memory(), deed, site.request())).isInstanceOf(Verdict.Done.class);
        assertThat(isSo(deed, site)).isTrue();
        assertThat(site.wrongs()).isEmpty();
        return driver.boundary().count();
    }

    static Verdict ask(EngineMemory memory, MemoryDeed deed, Waiting waiting) {
        return switch (memory.prepare(deed, waiting)) {
            case Readiness.Already() -> new Verdict.Done("before");
            case Readiness.Refused(var why) -> new Verdict.NotDone(why);
            case Readiness.Ready(), Readiness.Absent() -> memory.perform(deed, waiting);
        };
    }

    static boolean isSo(MemoryDeed deed, Site site) {
        return switch (deed) {
            case MemoryDeed.Save _ -> site.isSaved() && !site.isAliveOn(Site.HERE) && !site.isAliveOn(Site.THERE);
            case MemoryDeed.Restore restore -> isAliveOnlyOn(restore.host(), site);
            case MemoryDeed.Move move -> isAliveOnlyOn(move.destination(), site);
        };
    }

    private static boolean isAliveOnlyOn(HostRef host, Site site) {
        var other = host.equals(Site.HERE) ? Site.THERE : Site.HERE;
        return site.isAliveOn(host) && !site.isAliveOn(other) && !site.isSaved();
    }
}
