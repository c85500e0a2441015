package io.berth.opennebula.run;

import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.Severity;
import io.berth.opennebula.memory.Waiting;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The log of one request's VM. It falls silent when the core takes the request back, as the core expects. Thread-safe.
 */
public final class RequestLog implements Waiting {
    private final int vm;
    private final Consumer<Outgoing> lines;
    private final Cancellation cancellation;
    private final Rest rest;

    /** @param rest how the request lets time pass */
    public RequestLog(int vm, Consumer<Outgoing> lines, Cancellation cancellation, Rest rest) {
        this.vm = vm;
        this.lines = lines;
        this.cancellation = cancellation;
        this.rest = rest;
    }

    /** How a request lets time pass. */
    @FunctionalInterface
    public interface Rest {
        /** Returns earlier when the core takes the request back. */
        void pass(Duration time);
    }

    int vm() {
        return vm;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public boolean rest(Duration time) {
        rest.pass(time);
        return !cancellation.requested();
    }

    @Override
    public void tell(String text) {
        write(new Outgoing.Log(Severity.WARNING, vm, text));
    }

    /** All there is to say; the core is told only what and why. */
    void failure(Failure failure) {
        write(new Outgoing.Log(Severity.ERROR, vm, failure.getMessage()));
        if (!failure.next().isEmpty()) {
            info(failure.next());
        }
    }

    void info(String text) {
        write(new Outgoing.Log(Severity.INFO, vm, text));
    }

    void complaint(Complaint complaint) {
        complaint.forVm(vm).forEach(this::write);
    }

    void meant(Complaint complaint) {
        complaint.asMeant().forEach(this::write);
    }

    private void write(Outgoing line) {
        if (!cancellation.requested()) {
            lines.accept(line);
        }
    }
}
