package io.berth.core.operation;

import io.berth.core.operation.StartSurvey.Candidate;
import io.berth.core.plan.Plan;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.HostMemory;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans a start: a resume on the host that suits best. */
final class StartPlanner {
    private static final String KIND = "start";

    private StartPlanner() {}

    static Plan plan(StartSurvey facts) {
        // What forbids a resume anywhere is told before what speaks against single hosts.
        facts.candidates().stream().findFirst().map(Candidate::there).ifPresent(ResumePlanner::refuseEverywhere);
        return facts.candidates().stream()
                .filter(candidate -> obstacle(candidate).isEmpty())
                .min(mostMemoryFirst())
                .map(best -> ResumePlanner.plan(best.there(), KIND))
                .orElseThrow(() -> nowhere(facts));
    }

    private static Comparator<Candidate> mostMemoryFirst() {
        return Comparator.comparing((Candidate candidate) ->
                        candidate.memory().map(HostMemory::free).orElse(DataSize.ZERO))
                .reversed()
                .thenComparing(candidate -> candidate.there().target());
    }

    private static Optional<Failure> obstacle(Candidate candidate) {
        return candidate.there().obstacles().stream()
                .findFirst()
                .or(() -> candidate
                        .memory()
                        .filter(memory -> need(candidate).exceeds(memory.free()))
                        .map(memory -> tooFull(candidate, memory)));
    }

    private static DataSize need(Candidate candidate) {
        return candidate.there().record().profile().memory();
    }

    private static Failure tooFull(Candidate candidate, HostMemory memory) {
        return Failure.of(FailureKind.ENVIRONMENT, "host.no-memory", "the host has no room for the guest's memory")
                .host(candidate.there().target())
                .why("it may get " + need(candidate) + ", free are " + memory.free() + " of " + memory.total())
                .next("make room there, or choose another host")
                .build();
    }

    private static Failure nowhere(StartSurvey facts) {
        if (facts.candidates().size() == 1 && facts.silentHosts().isEmpty()) {
            return obstacle(facts.candidates().getFirst()).orElseThrow();
        }
        var reasons = facts.candidates().stream()
                .flatMap(candidate -> obstacle(candidate).stream()
                        .map(obstacle -> candidate.there().target() + ": " + obstacle.getMessage()))
                .collect(Collectors.joining("; "));
        var silent = facts.silentHosts().isEmpty() ? "" : "silent: " + facts.silentHosts();
        return Failure.of(FailureKind.ENVIRONMENT, "start.no-host", "no host can take the VM")
                .why(reasons.isEmpty() || silent.isEmpty() ? reasons + silent : reasons + "; " + silent)
                .next("mend one of them, or insist on one with --host")
                .build();
    }
}
