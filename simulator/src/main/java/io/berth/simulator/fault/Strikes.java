package io.berth.simulator.fault;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets calls pass, but for those that are to be struck. */
final class Strikes implements Injector {
    private static final Duration WHILE_IT_RUNS_ON = Duration.ofSeconds(1);

    private final List<Strike> strikes;
    private final HostRef main;
    private final HostRef target;
    private final VmRef vm;
    private final JournalStore journal;
    private final PromiseChecker checker;
    private final List<Site> sites = new ArrayList<>();
    private final List<Supplier<?>> delayed = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private Runnable takeover = () -> {};
    private boolean struck;

    /**
     * @param main the host that loses power when the call itself concerns none
     * @param target where the guest is to go on
     * @param checker is told of what isn't Berth's doing
     */
    Strikes(
            List<Strike> strikes,
            HostRef main,
            HostRef target,
            VmRef vm,
            JournalStore journal,
            PromiseChecker checker) {
        this.strikes = List.copyOf(strikes);
        this.main = main;
        this.target = target;
        this.vm = vm;
        this.journal = journal;
        this.checker = checker;
    }

    /** What another engine does when it takes a stalled one for dead. */
    void takeover(Runnable by) {
        this.takeover = by;
    }

    /** Everything that crossed, by position. */
    List<Site> sites() {
        return sites;
    }

    boolean haveLostTheJournal() {
        return struck && strikes.stream().anyMatch(strike -> strike.fault() == Fault.JOURNAL_LOST);
    }

    boolean haveStruck() {
        return struck;
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        sites.add(crossing.site());
        var fault = fault(crossing.position());
        if (fault == null) {
            if (broken.contains(key(crossing.engine(), crossing.site()))) {
                throw InjectedFailures.failed(crossing.site());
            }
            return crossing.effect().get();
        }
        struck = true;
        crossing.world().note("*** " + fault + " strikes " + crossing.site());
        return switch (fault) {
            case FAIL -> throw InjectedFailures.failed(crossing.site());
            case FAIL_ALWAYS -> {
                broken.add(key(crossing.engine(), crossing.site()));
                throw InjectedFailures.failed(crossing.site());
            }
            case DO_AND_FAIL -> after(crossing, InjectedFailures.failed(crossing.site()));
            case LOSE_ANSWER -> after(crossing, InjectedFailures.unheard(crossing.site()));
            case NOT_DONE_LOST -> throw InjectedFailures.unheard(crossing.site());
            case KILL_BEFORE -> throw crossing.engine().die();
            case KILL_AFTER -> {
                var _ = crossing.effect().get();
                throw crossing.engine().die();
            }
            case DELAYED -> {
                delayed.add(crossing.effect());
                throw crossing.engine().die();
            }
            case POWER_CUT_BEFORE -> {
                crossing.world().cutPower(host(crossing));
                yield crossing.effect().get();
            }
            case POWER_CUT_AFTER -> {
                var answer = crossing.effect().get();
                crossing.world().pass(WHILE_IT_RUNS_ON);
                crossing.world().cutPower(host(crossing));
                if (crossing.site().host().isEmpty()) {
                    yield answer;
                }
                throw InjectedFailures.unheard(crossing.site());
            }
            case NETWORK_CUT_BEFORE -> {
                crossing.world().cutNetwork(host(crossing));
                yield crossing.effect().get();
            }
            case NETWORK_CUT_AFTER -> {
                var _ = crossing.effect().get();
                crossing.world().cutNetwork(host(crossing));
                throw InjectedFailures.unheard(crossing.site());
            }
            case STALL_BEFORE -> {
                takeover.run();
                yield crossing.effect().get();
            }
            case STALL_AFTER -> {
                var answer = crossing.effect().get();
                takeover.run();
                yield answer;
            }
            case STORAGE_LOSS -> {
                crossing.world().datastores().forEach(SimulatedDatastore::loseWrites);
                checker.storageFailed();
                yield crossing.effect().get();
            }
            case LYING_FLUSH -> {
                crossing.world().datastores().forEach(SimulatedDatastore::loseWritesSilently);
                checker.storageFailed();
                yield crossing.effect().get();
            }
            case RESUMED_BY_HAND -> {
                crossing.world().hosts().forEach(this::resumeByHand);
                yield crossing.effect().get();
            }
            case UNDEFINED_BY_HAND -> {
                checker.undefinedByHand(vm);
                crossing.world().hosts().forEach(there -> there.definitions().remove(vm.uuid()));
                yield crossing.effect().get();
            }
            case STARTED_BY_HAND -> {
                startByHand(crossing.world());
                yield crossing.effect().get();
            }
            case JOURNAL_LOST -> {
                journal.lose();
                checker.journalLost(true);
                throw crossing.engine().die();
            }
            case HANDOVER_LOST -> {
                loseHandover(crossing.world());
                throw InjectedFailures.unheard(crossing.site());
            }
            case ORPHANED -> {
                crossing.world().hosts().forEach(this::orphan);
                throw InjectedFailures.failed(crossing.site());
            }
            case GUEST_VANISHES -> {
                crossing.world().hosts().stream()
                        .filter(there -> there.copy(vm.uuid()).isPresent())
                        .forEach(there -> {
                            checker.vanishes(vm);
                            there.remove(vm.uuid());
                        });
                yield crossing.effect().get();
            }
        };
    }

    /** What the daemon works on it lets nobody else resume. */
    private void resumeByHand(SimulatedHost host) {
        var isLocked =
                host.job(vm.uuid()).filter(job -> job.kind() != Job.Kind.STREAM).isPresent();
        host.copy(vm.uuid())
                .filter(copy -> copy.state() == GuestState.PAUSED && !isLocked)
                .ifPresent(copy -> {
                    checker.resumedByHand(vm);
                    copy.run(checker.world());
                });
    }

    private void startByHand(World world) {
        var host = world.host(target);
        if (host.isPowered() && host.copy(vm.uuid()).isEmpty()) {
            world.startByHand(world.guest(vm.uuid()), host);
        }
    }

    /** Whoever started it sees that it isn't the guest of before, and ends it again. */
    void thinkAgain(World world) {
        world.hosts().stream()
                .filter(host -> host.copy(vm.uuid()).filter(Copy::isByHand).isPresent())
                .forEach(host -> {
                    world.note("*** whoever started " + vm.name() + " on " + host + " ends it again");
                    host.remove(vm.uuid());
                });
    }

    private void loseHandover(World world) {
        for (var host : world.hosts()) {
            world.migration(host, vm.uuid()).ifPresent(migration -> {
                migration.giveUp();
                world.pass(WHILE_IT_RUNS_ON);
                checker.vanishes(vm);
                host.remove(vm.uuid());
            });
        }
    }

    private void orphan(SimulatedHost host) {
        host.jobs().removeIf(job -> job.vm().equals(vm) && job.kind() == Job.Kind.RESTORE);
        host.copy(vm.uuid()).ifPresent(Copy::orphan);
    }

    private @Nullable Fault fault(int position) {
        return strikes.stream()
                .filter(strike -> strike.position() == position)
                .map(Strike::fault)
                .findFirst()
                .orElse(null);
    }

    private static <T> T after(Crossing<T> crossing, Failure heard) {
        var _ = crossing.effect().get();
        throw heard;
    }

    private SimulatedHost host(Crossing<?> crossing) {
        return crossing.world().host(crossing.site().host().orElse(main));
    }

    private static String key(EngineProcess engine, Site site) {
        var what = site.kind() == Site.Kind.JOURNAL ? "journal" : site.what();
        return engine.owner().name() + " " + what + " " + site.host();
    }

    /** Delivers what was on its way all the time. Answers what came of each. */
    List<Optional<Failure>> deliver() {
        var answers = new ArrayList<Optional<Failure>>();
        for (var effect : delayed) {
            try {
                var _ = effect.get();
                answers.add(Optional.empty());
            } catch (Failure refused) {
                answers.add(Optional.of(refused));
            }
        }
        delayed.clear();
        return answers;
    }
}
