package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import io.berth.opennebula.standin.Recording;
import io.berth.opennebula.standin.Replay;
import io.berth.opennebula.standin.TransferReplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts each recorded request of the stock drivers to Berth's. */
final class RecordedDifferences implements Measurement {
    private static final Target DIFFERENCES = Target.atMost(
            0,
            "count",
            "opennebula.differences",
            "recorded conversations of both stock drivers that Berth's lead otherwise: lines, scripts, arguments, input");

    @Override
    public List<Target> targets() {
        return List.of(DIFFERENCES);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var different = new ArrayList<String>();
        try {
            var requests = Recording.ofDriver("vmm-qemu").toList();
            var transfers = Recording.ofDriver("tm").toList();
            for (var recording : requests) {
                if (!new Replay(folder(stage, recording)).isTheSame(recording)) {
                    different.add(recording.name());
                }
            }
            for (var recording : transfers) {
                if (!new TransferReplay(folder(stage, recording)).isTheSame(recording)) {
                    different.add(recording.name());
                }
            }
            return List.of(DIFFERENCES.at(
                    different.size(),
                    "of " + (requests.size() + transfers.size()) + (different.isEmpty() ? "" : ": " + different)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path folder(Stage stage, Recording recording) throws IOException {
        return Files.createDirectories(stage.work().resolve("replay/" + recording.name()));
    }
}
