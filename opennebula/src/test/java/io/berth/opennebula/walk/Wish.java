package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user wants of a VM, as the core's life cycle manager makes demands of it, one after the other.
 *
 * @param name the command, {@code onevm migrate}
 */
record Wish(String name, List<Step> steps) {
    /** @param then what the core believes when it was told that the demand is met */
    record Step(Demand demand, Standing then) {}

    Wish {
        steps = List.copyOf(steps);
    }

    /** Afterwards its guest doesn't run. */
    boolean endsItsRun() {
        return steps.getLast().then().state() != State.RUNNING;
    }

    /**
     * All that the core allows now.
     *
     * @param others hosts that the VM isn't on
     */
    static List<Wish> of(Standing now, List<HostRef> others, HostRef frontEnd) {
        return switch (now.state()) {
            case RUNNING -> ofRunning(now, others, frontEnd);
            case SUSPENDED -> ofSuspended(now, others, frontEnd);
            case POWEROFF -> ofPoweredOff(now, others, frontEnd);
            case STOPPED ->
                others.stream()
                        .map(host -> from("resume elsewhere", now)
                                .move(host, State.SUSPENDED)
                                .restore())
                        .map(Course::wish)
                        .toList();
            case UNDEPLOYED ->
                others.stream()
                        .map(host -> from("resume elsewhere", now)
                                .move(host, State.POWEROFF)
                                .deploy())
                        .map(Course::wish)
                        .toList();
        };
    }

    private static List<Wish> ofRunning(Standing now, List<HostRef> others, HostRef frontEnd) {
        var wishes = new ArrayList<Course>();
        wishes.add(from("suspend", now).save());
        wishes.add(from("stop", now).save().move(frontEnd, State.STOPPED));
        wishes.add(from("poweroff", now).shutDown());
        wishes.add(from("undeploy", now).shutDown().move(frontEnd, State.UNDEPLOYED));
        for (var host : others) {
            wishes.add(from("migrate", now).save().move(host, State.SUSPENDED).restore());
            wishes.add(from("migrate --live", now).migrateLive(host));
            wishes.add(from("migrate --poff", now)
                    .shutDown()
                    .move(host, State.POWEROFF)
                    .deploy());
        }
        return wishes.stream().map(Course::wish).toList();
    }

    private static List<Wish> ofSuspended(Standing now, List<HostRef> others, HostRef frontEnd) {
        var wishes = new ArrayList<Course>();
        wishes.add(from("resume", now).restore());
        wishes.add(from("stop", now).move(frontEnd, State.STOPPED));
        others.forEach(host -> wishes.add(from("migrate", now).move(host, State.SUSPENDED)));
        return wishes.stream().map(Course::wish).toList();
    }

    private static List<Wish> ofPoweredOff(Standing now, List<HostRef> others, HostRef frontEnd) {
        var wishes = new ArrayList<Course>();
        wishes.add(from("resume", now).deploy());
        wishes.add(from("undeploy", now).move(frontEnd, State.UNDEPLOYED));
        for (var host : others) {
            wishes.add(from("migrate", now).move(host, State.POWEROFF));
            now.home()
                    .datastore()
                    .alike()
                    .ifPresent(datastore -> wishes.add(
                            from("migrate to another datastore", now).move(new Home(host, datastore), State.POWEROFF)));
        }
        return wishes.stream().map(Course::wish).toList();
    }

    private static Course from(String name, Standing now) {
        return new Course(name, List.of(), now);
    }

    /** A wish in the making, and where it has got to. */
    private record Course(String name, List<Step> steps, Standing now) {
        Wish wish() {
            return new Wish(name, steps);
        }

        private Course then(Demand demand, Standing then) {
            var all = new ArrayList<>(steps);
            all.add(new Step(demand, then));
            return new Course(name, all, then);
        }

        Course save() {
            return then(new Demand.Save(now.host()), now.as(State.SUSPENDED));
        }

        Course restore() {
            return then(new Demand.Restore(now.host()), now.as(State.RUNNING));
        }

        Course shutDown() {
            return then(new Demand.ShutDown(now.host()), now.as(State.POWEROFF));
        }

        Course deploy() {
            return then(new Demand.Deploy(now.host()), now.as(State.RUNNING));
        }

        Course migrateLive(HostRef to) {
            return then(new Demand.MigrateLive(now.host(), to), now.on(to));
        }

        Course move(HostRef to, State state) {
            return move(now.home().on(to), state);
        }

        Course move(Home to, State state) {
            return then(new Demand.Move(now.home(), to), new Standing(state, to));
        }
    }
}
