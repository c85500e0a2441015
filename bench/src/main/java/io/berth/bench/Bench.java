package io.berth.bench;

import io.berth.bench.ceph.CephMeasurements;
import io.berth.bench.core.CoreMeasurements;
import io.berth.bench.engine.EngineMeasurements;
import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measures, prints a table, and says by its exit code whether every limit is kept. */
public final class Bench {
    private static final int MISSED = 1;
    private static final int USAGE = 2;
    private static final int BROKEN = 3;

    private Bench() {}

    /** Exit code 0: every limit is kept; 1: some aren't; 2: wrong usage; 3: something couldn't be measured. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage() + "\n" + Options.USAGE);
            return USAGE;
        }
        var wanted = Stream.of(CoreMeasurements.all(), EngineMeasurements.all(), CephMeasurements.all())
                .flatMap(List::stream)
                .filter(measurement -> measurement.targets().stream()
                        .anyMatch(target -> target.id().startsWith(options.only())))
                .toList();
        if (wanted.isEmpty()) {
            System.err.println("bench: no id begins with '" + options.only() + "'");
            return USAGE;
        }
        return measure(options, wanted);
    }

    private static int measure(Options options, List<Measurement> wanted) {
        var figures = new ArrayList<Figure>();
        var broken = new ArrayList<String>();
        try (var stage = new Stage(Path.of(System.getProperty("berth.root", ".")))) {
            for (var measurement : wanted) {
                measure(stage, measurement, options.rounds(), figures, broken);
            }
        }
        var shown = figures.stream()
                .filter(figure -> figure.target().id().startsWith(options.only()))
                .toList();
        FigureTable.lines(shown).forEach(System.out::println);
        options.json().ifPresent(file -> FigureFile.write(file, shown));
        broken.forEach(id -> System.out.println(id + " could not be measured"));
        if (!broken.isEmpty()) {
            return BROKEN;
        }
        return shown.stream().allMatch(Figure::isReached) ? 0 : MISSED;
    }

    /** One that can't be measured doesn't keep the others from it. */
    private static void measure(
            Stage stage, Measurement measurement, int rounds, List<Figure> figures, List<String> broken) {
        measurement.targets().forEach(target -> System.err.println(target.id() + ": " + target.what()));
        try {
            for (var figure : measurement.measure(stage, rounds)) {
                figures.add(figure);
                Stage.say(FigureTable.number(figure.value()) + " "
                        + figure.target().unit() + "; " + figure.note());
            }
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            measurement.targets().forEach(target -> broken.add(target.id()));
            stage.giveUpGuest();
        }
    }
}
