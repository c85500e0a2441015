package io.berth.simulator.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every fault at every position of fleets. Positions are counted in a run in which nothing goes wrong. The same seed gives
 * the same numbers.
 *
 * @param positions at which something can go wrong, of all fleets
 * @param runs made, the undisturbed ones included
 * @param violations runs in which the promise was broken; must be none
 * @param stories of those
 */
public record FleetMatrix(int positions, int runs, int violations, List<String> stories) {
    public FleetMatrix {
        stories = List.copyOf(stories);
    }

    /**
     * Uses all processors.
     *
     * @param every 1 for all positions, more for a sample of them
     */
    public static FleetMatrix of(long seed, int every) {
        var outcomes = Arrays.stream(FleetTrial.Kind.values())
                .map(kind -> struck(kind, seed, every))
                .toList();
        var broken = outcomes.stream().flatMap(each -> each.tales().stream()).toList();
        return new FleetMatrix(
                outcomes.stream().mapToInt(Struck::positions).sum(),
                outcomes.stream().mapToInt(Struck::runs).sum(),
                broken.size(),
                broken);
    }

    private record Struck(int positions, int runs, List<String> tales) {}

    private record Case(FleetTrial.Kind kind, long seed, int position, FleetFault fault) {
        FleetStrike strike() {
            return new FleetStrike(position, fault);
        }

        Stream<String> tale() {
            if (FleetTrial.of(kind, seed, strike()).violations().isEmpty()) {
                return Stream.empty();
            }
            var told = FleetTrial.told(kind, seed, strike());
            var text = new StringBuilder(this + "\n");
            told.violations()
                    .forEach(violation -> text.append("  ! ").append(violation).append('\n'));
            told.story().forEach(line -> text.append("    ").append(line).append('\n'));
            return Stream.of(text.toString());
        }
    }

    private static Struck struck(FleetTrial.Kind kind, long seed, int every) {
        var calm = FleetTrial.of(kind, seed, FleetStrike.none());
        var sites = calm.sites();
        var cases = sites.entrySet().stream()
                .filter(site -> site.getKey() % every == Math.floorMod(seed, every))
                .flatMap(site -> Arrays.stream(FleetFault.values())
                        .filter(fault -> fault.canStrike(site.getValue().kind()))
                        .map(fault -> new Case(kind, seed, site.getKey(), fault)))
                .toList();
        var tales = Stream.concat(
                        calm.violations().stream().map(violation -> kind + " undisturbed: " + violation + "\n"),
                        cases.parallelStream().flatMap(Case::tale))
                .toList();
        return new Struck(sites.size(), cases.size() + 1, tales);
    }
}
