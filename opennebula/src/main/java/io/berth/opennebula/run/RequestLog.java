package io.berth.opennebula.run;

import io.berth.driver.Cancellation;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.Severity;
import java.util.function.Consumer;

/**
 * The log of one request's VM. It falls silent when the core takes the request back, as the core expects. Thread-safe.
 */
public final class RequestLog {
    private final int vm;
    private final Consumer<Outgoing> lines;
    private final Cancellation cancellation;

    public RequestLog(int vm, Consumer<Outgoing> lines, Cancellation cancellation) {
        this.vm = vm;
        this.lines = lines;
        this.cancellation = cancellation;
    }

    int vm() {
        return vm;
    }

    Cancellation cancellation() {
        return cancellation;
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
