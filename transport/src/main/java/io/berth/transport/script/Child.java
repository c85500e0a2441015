package io.berth.transport.script;

import io.berth.driver.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A process of this machine with its outputs being read. */
final class Child implements AutoCloseable {
    /** What a process may take to end when told to, before it is killed. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    /**
     * How long an output may stay open after the process has ended. Only one that another process holds is waited for so
     * long. On a machine that is busy less would lose words that were said, and make a failure of a script that succeeded.
     */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Process process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Collector output;
    private final Collector complaint;

    private Child(Process process, int mostOutput) {
        this.process = process;
        this.output = new Collector(process.getInputStream(), mostOutput, this::tell);
        this.complaint = new Collector(process.getErrorStream(), mostOutput, this::tell);
        output.start();
        complaint.start();
        PipeThread.unstarted("berth-script-end", this::tellOfItsEnd).start();
    }

    /** Not by {@code Process.onExit}: that comes through a pool that all of this JVM shares, of one thread on two cores. */
    private void tellOfItsEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        tell();
    }

    static Child start(List<String> argv, Optional<String> outputFile, int mostOutput) throws IOException {
        var builder = new ProcessBuilder(argv);
        outputFile.map(Path::of).ifPresent(file -> builder.redirectOutput(file.toFile()));
        return new Child(builder.start(), mostOutput);
    }

    private void tell() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why {@link #await} came back. */
    enum Wake {
        MET,
        STOPPED,
        LATE
    }

    /** Waits until the condition holds, somebody asks to stop, or the deadline is over. */
    Wake await(BooleanSupplier condition, Deadline deadline, Cancellation cancellation) {
        try (var _ = cancellation.onRequest(this::tell)) {
            lock.lock();
            try {
                while (!condition.getAsBoolean()) {
                    if (cancellation.requested()) {
                        return Wake.STOPPED;
                    }
                    var left = deadline.left();
                    if (left <= 0) {
                        return Wake.LATE;
                    }
                    var _ = changed.awaitNanos(left);
                }
                return Wake.MET;
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Wake.STOPPED;
        }
    }

    /** Writes in this thread; a process that reads no more may do so. */
    void say(ScriptInput words) {
        try {
            OutputStream input = process.getOutputStream();
            words.writeTo(input);
            input.flush();
        } catch (IOException readsNoMore) {
            // Its exit code and output tell whether that was right.
        }
    }

    /** Writes all of the input and closes it, in a thread of its own: the process may read it at its leisure. */
    void sayAllAndClose(ScriptInput all) {
        PipeThread.unstarted("berth-script-input", () -> {
                    say(all);
                    closeInput();
                })
                .start();
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException broken) {
            // It is gone already.
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Only when it {@link #hasEnded}. */
    int exitCode() {
        return process.exitValue();
    }

    String output() {
        return output.text();
    }

    String outputTail() {
        return output.tail();
    }

    String complaint() {
        return complaint.text();
    }

    String complaintTail() {
        return complaint.tail();
    }

    /** Gives the outputs of an ended process the time to arrive. */
    void hearOut() {
        try {
            output.awaitEnd(LAST_WORDS);
            complaint.awaitEnd(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process and all its descendants, first asking them to. */
    void end() {
        var descendants = process.descendants().toList();
        process.destroy();
        descendants.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Lets go of the process; one that still runs (a connection that is kept open in the background) is ended. */
    @Override
    public void close() {
        closeInput();
        if (process.isAlive()) {
            process.destroy();
        }
    }
}
