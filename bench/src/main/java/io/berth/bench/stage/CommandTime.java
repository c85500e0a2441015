package io.berth.bench.stage;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;

/** Remembers which commands ran on hosts, and when. Thread-safe. */
final class CommandTime implements HostTransport {
    private final HostTransport inner;
    private final List<Span> spans = new ArrayList<>();
    private final List<List<String>> lines = new ArrayList<>();

    CommandTime(HostTransport inner) {
        this.inner = inner;
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        var began = System.nanoTime() / 1000;
        try {
            return inner.run(host, command);
        } finally {
            var span = new Span(began, System.nanoTime() / 1000);
            synchronized (spans) {
                spans.add(span);
                lines.add(command.argv());
            }
        }
    }

    /** Those that ended since this was last asked. */
    Taken take() {
        synchronized (spans) {
            var taken = new Taken(List.copyOf(spans), List.copyOf(lines));
            spans.clear();
            lines.clear();
            return taken;
        }
    }

    /**
     * Commands that ended.
     *
     * @param spans when they ran
     * @param lines their argument lists, in the order in which they ended
     */
    record Taken(List<Span> spans, List<List<String>> lines) {}

    @Override
    public void close() {
        inner.close();
    }
}
