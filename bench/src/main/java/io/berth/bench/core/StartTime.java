package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.Stage;
import java.util.List;

/** How long a command takes that does next to nothing. */
final class StartTime implements Measurement {
    private static final double MILLIS = 1000;

    private final Target target;
    private final List<String> arguments;

    private StartTime(Target target, List<String> arguments) {
        this.target = target;
        this.arguments = arguments;
    }

    static StartTime help() {
        return new StartTime(Target.atMost(250, "ms", "core.help", "berth --help"), List.of("--help"));
    }

    static StartTime list() {
        return new StartTime(
                Target.atMost(250, "ms", "core.vm-list", "berth vm list: two hosts, one guest, connections kept"),
                List.of("vm", "list"));
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.guest(GuestKind.IDLE);
        stage.logCommands(false);
        try {
            return List.of(measured(stage, rounds));
        } finally {
            stage.logCommands(true);
        }
    }

    private Figure measured(Stage stage, int rounds) {
        var berth = stage.berth();
        var whole = new Samples();
        var bare = new Samples();
        var words = arguments.toArray(String[]::new);
        berth.run(words); // reads its files from the disk
        for (var round = 0; round < 2 * rounds; round++) {
            whole.add(berth.run(words).seconds() * MILLIS);
            bare.add(BareJvm.millis(stage));
        }
        return target.at(
                whole.median(), "whole " + whole + ", a JVM that only starts " + bare, BareJvm.slowness(bare.median()));
    }
}
