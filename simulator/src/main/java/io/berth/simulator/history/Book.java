package io.berth.simulator.history;

import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.simulator.lifecycle.Attempt;
import io.berth.simulator.lifecycle.LifeCycle;
import io.berth.simulator.lifecycle.Told;
import io.berth.simulator.lifecycle.Wish;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was asked, what was told, and whether some order of it explains it. */
final class Book {
    private final Setting setting;
    private final Map<VmRef, LifeCycle> lives = new LinkedHashMap<>();
    private final Map<OperationId, Attempt> attempts = new HashMap<>();
    private final Set<Attempt> givingUp = new HashSet<>();
    private final Set<VmRef> contradicted = new HashSet<>();
    private int asked;

    Book(Setting setting) {
        this.setting = setting;
        setting.machines()
                .forEach(machine -> lives.put(
                        machine.vm(), new LifeCycle(setting.life(machine.vm()).orElseThrow())));
        setting.world().afterPowerCut(host -> lives.values().forEach(life -> life.perishedOn(host.ref())));
        setting.world().afterStart(copy -> startedAnew(copy.vm()));
    }

    private LifeCycle of(VmRef vm) {
        var life = lives.get(vm);
        if (life == null) {
            throw new IllegalArgumentException("no life of " + vm);
        }
        return life;
    }

    Attempt asked(VmRef vm, Wish wish) {
        var attempt = new Attempt(++asked, vm, wish);
        of(vm).asked(attempt);
        if (wish.givesUp()) {
            givingUp.add(attempt);
            setting.checker().givenUp(vm);
        }
        if (wish.givesUpDisk()) {
            setting.checker().diskGivenUp(vm);
        }
        return attempt;
    }

    /** Its operation has a name now: who recovers it tells how it ended. */
    void named(Attempt attempt, OperationId operation) {
        attempts.put(operation, attempt);
    }

    void told(RunResult result) {
        var attempt = attempts.get(result.plan().operation());
        if (attempt != null) {
            meaning(result).ifPresent(told -> told(attempt, told));
        }
    }

    /** Whether the memory that it was about is gone since, and the VM was started anew. */
    boolean isOutlived(OperationId operation) {
        return Optional.ofNullable(attempts.get(operation))
                .filter(attempt -> of(attempt.vm()).hasOutlived(attempt))
                .isPresent();
    }

    void refused(Attempt attempt, Failure why) {
        told(
                attempt,
                switch (why.code()) {
                    case "vm.suspended" -> Told.REFUSED_AS_SUSPENDED;
                    case "vm.exists", "migrate.same-host" -> Told.REFUSED_AS_ALIVE;
                    default -> Told.REFUSED;
                });
    }

    /** Whoever asked is gone, and nothing was begun. */
    void forgotten(Attempt attempt) {
        told(attempt, Told.REFUSED);
    }

    private void told(Attempt attempt, Told told) {
        of(attempt.vm()).told(attempt, told);
        if (told != Told.DONE && givingUp.remove(attempt) && !isGivenUp(attempt.vm())) {
            setting.checker().keptAfterAll(attempt.vm());
        }
        look(attempt.vm());
    }

    private boolean isGivenUp(VmRef vm) {
        return givingUp.stream().anyMatch(attempt -> attempt.vm().equals(vm));
    }

    private static Optional<Told> meaning(RunResult result) {
        if (result.memoryLost()) {
            return result.state().isOpen() ? Optional.empty() : Optional.of(Told.MEMORY_LOST);
        }
        return switch (result.state()) {
            case SUCCEEDED, SUCCEEDED_CLEANUP_PENDING -> Optional.of(done(result));
            case FAILED ->
                Optional.of(
                        result.failure().filter(why -> why.is("vm.stranded")).isPresent()
                                ? Told.STRANDED
                                : Told.UNDONE);
            case ACTIVE, PENDING -> Optional.empty();
        };
    }

    /** A deletion that consumes nothing removes what a restore had left. */
    private static Told done(RunResult result) {
        var isDelete = result.plan().kind().equals("delete-checkpoint");
        var consumes =
                result.plan().steps().stream().anyMatch(step -> step.name().equals("consume"));
        return isDelete && !consumes ? Told.DONE_WITH_LEFTOVERS : Told.DONE;
    }

    /** Its process ended by itself. */
    void vanished(VmRef vm, HostRef host) {
        of(vm).perishedOn(host);
    }

    void storageFailed() {
        lives.values().forEach(LifeCycle::storageFailed);
    }

    private void startedAnew(VmRef vm) {
        setting.hosts(vm).forEach(host -> of(vm).startedOn(host));
        check(vm);
    }

    /** Its owner has started it: what was given up before is forgotten. */
    void takenBack(VmRef vm) {
        givingUp.removeIf(attempt -> attempt.vm().equals(vm) && !of(vm).isOpen(attempt));
        if (!isGivenUp(vm)) {
            setting.checker().keptAfterAll(vm);
        }
    }

    /** Writes down where the VM is, if nobody works on it. */
    void look(VmRef vm) {
        setting.life(vm).ifPresent(life -> of(vm).seen(life));
        check(vm);
    }

    private void check(VmRef vm) {
        of(vm).contradiction().filter(_ -> contradicted.add(vm)).ifPresent(account -> {
            account.forEach(line -> setting.world().note("  " + vm.name() + ": " + line));
            setting.checker()
                    .add(new Violation(
                            Clause.TRUE_REPORT,
                            "no order of what was asked explains what was told of " + vm.name() + ", last: "
                                    + account.getLast()));
        });
    }
}
