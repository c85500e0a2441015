package io.berth.bench.stage;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;

/** Remembers when commands ran on hosts. Thread-safe. */
final class CommandTime implements HostTransport {
    private final HostTransport inner;
    private final List<Span> spans = new ArrayList<>();

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
            }
        }
    }

    /** Those that ended since this was last asked. */
    List<Span> take() {
        synchronized (spans) {
            var taken = List.copyOf(spans);
            spans.clear();
            return taken;
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
