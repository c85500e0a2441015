package io.berth.engine.embedded;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.journal.sqlite.SqliteJournal;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;

/** What costs time at its first use only, whatever it is used for. The order is that of need. */
final class Preparation {
    private Preparation() {}

    static void run() {
        LoggerFactory.getILoggerFactory();
        SqliteJournal.prepare();
        // The JDK makes the code of a record's equals when it is first called, and for the first record its tools too.
        var _ = new VmRef(UUID.randomUUID(), "").equals(new VmRef(UUID.randomUUID(), ""));
        var _ = new HostRef("none").hashCode();
        Executors.newVirtualThreadPerTaskExecutor().close();
    }
}
