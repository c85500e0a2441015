package io.berth.engine.embedded;

import io.berth.core.plan.PlanCodec;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.xml.Xml;
import io.berth.journal.sqlite.SqliteJournal;
import io.berth.transport.Transports;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** What costs time at its first use only, whatever it is used for. The order is that of need. */
final class Preparation {
    private static final AtomicBoolean PLANS = new AtomicBoolean();
    private static final UUID NOBODY = new UUID(0, 0);

    private Preparation() {}

    /** While hosts are connected to and surveyed, on a thread of its own: what they answer is read, then planned with. */
    static void beginPlans() {
        if (PLANS.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("berth-prepare-plans").start(() -> {
                var _ = Xml.serialise(Xml.parse("<none><none a='b'>c</none></none>"));
                PlanCodec.prepare();
            });
        }
    }

    static void run() {
        LoggerFactory.getILoggerFactory();
        SqliteJournal.prepare();
        // The JDK makes the code of a record's equals when it is first called, and for the first record its tools too.
        var _ = new VmRef(NOBODY, "").equals(new VmRef(NOBODY, ""));
        var _ = new HostRef("none").hashCode();
        Executors.newVirtualThreadPerTaskExecutor().close();
        Transports.prepare();
    }
}
