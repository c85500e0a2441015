package io.berth.journal.sqlite;

import io.berth.core.journal.Lease;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.Owner;
import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A process that works on VMs together with others, until it is killed or the file {@code stop} is there. It writes
 * what the journal promised it into a diary, which survives the process.
 */
final class Contender {
    static final int VMS = 3;
    private static final int STEPS = 4;

    private final Path folder;
    private final FileChannel diary;
    private final SqliteJournal journal;
    private final Owner owner = ProcessOwner.current();
    private final Random random = new Random();

    private Contender(Path folder) throws IOException {
        this.folder = folder;
        this.diary = FileChannel.open(
                folder.resolve(owner.name() + ".diary"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.journal = SqliteJournal.open(folder.resolve("journal"));
    }

    public static void main(String[] arguments) throws IOException {
        var contender = new Contender(Path.of(arguments[0]));
        System.out.println("ready");
        while (!Files.exists(contender.folder.resolve("stop"))) {
            contender.work();
        }
        contender.journal.close();
        System.out.println("stopped");
    }

    static VmRef vm(int number) {
        return new VmRef(new UUID(1, number), "vm " + number);
    }

    private void work() throws IOException {
        var number = random.nextInt(VMS);
        var operation = new OperationId(Long.toHexString(random.nextLong(1L << 60, 1L << 62)));
        Lease lease;
        try {
            lease = journal.acquire(vm(number), owner, operation, 1);
        } catch (Failure busy) {
            if (!busy.is("vm.busy")) {
                throw busy;
            }
            return;
        }
        // The kernel lets go of this lock when the process dies.
        try (var file = FileChannel.open(
                        folder.resolve("vm" + number), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var alone = file.tryLock()) {
            if (alone == null) {
                note("violation two-holders vm" + number);
            }
            note("acquired " + number + " " + lease.epoch());
            journal.begin(lease, "suspend", "{}");
            note("begun " + operation);
            for (var step = 0; step < STEPS; step++) {
                journal.record(
                        lease, List.of(StepEvent.done("s" + step, Direction.FORWARD, Map.of("by", owner.name()))));
                note("event " + operation + " s" + step);
            }
        }
        journal.finish(lease, List.of(), OperationState.SUCCEEDED, "");
        note("finished " + operation);
    }

    private void note(String line) throws IOException {
        diary.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
}
