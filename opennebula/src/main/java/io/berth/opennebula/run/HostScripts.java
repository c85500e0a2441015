package io.berth.opennebula.run;

import io.berth.driver.Cancellation;
import io.berth.transport.script.OtherMachine;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptEnding;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ScriptResult;
import io.berth.transport.script.SshWay;
import io.berth.transport.script.ThisMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Runs scripts on hosts, and brings the site's scripts there when one is missing. Thread-safe. */
final class HostScripts {
    private final String here;
    private final String there;
    private final String copier;
    private final Map<String, Copies> copies = new ConcurrentHashMap<>();

    /**
     * @param here where the scripts are on the front-end
     * @param there where they belong on hosts
     * @param copier {@code scp}
     */
    HostScripts(String here, String there, String copier) {
        this.here = here;
        this.there = there;
        this.copier = copier;
    }

    /** Of the scripts to one host: one at a time, and no second one for those who waited for the first. */
    private static final class Copies {
        private final ReentrantLock lock = new ReentrantLock();
        private final AtomicInteger made = new AtomicInteger();
    }

    /** @param longest empty: as long as it takes */
    ScriptResult run(String host, SshWay way, Optional<Duration> longest, ScriptCall call, RequestLog log) {
        if (!OtherMachine.isName(host)) {
            return new ScriptResult(new ScriptEnding.NotStarted("no usable host name in the message"), "", "");
        }
        var machine = new OtherMachine(host, way, limits(longest));
        var before = copies(host).made.get();
        var result = machine.run(call, log.cancellation());
        if (!(result.ending() instanceof ScriptEnding.Missing)) {
            return result;
        }
        bring(host, machine, before, log);
        return machine.run(call, log.cancellation());
    }

    static ScriptLimits limits(Optional<Duration> longest) {
        return new ScriptLimits(longest, ScriptLimits.USUAL_OUTPUT);
    }

    private Copies copies(String host) {
        return copies.computeIfAbsent(host, _ -> new Copies());
    }

    private void bring(String host, OtherMachine machine, int before, RequestLog log) {
        var one = copies(host);
        one.lock.lock();
        try {
            if (one.made.get() == before) {
                log.info("Remote worker node files not found");
                log.info("Updating remotes");
                copy(host, machine, log);
                one.made.incrementAndGet();
            }
        } finally {
            one.lock.unlock();
        }
    }

    private void copy(String host, OtherMachine machine, RequestLog log) {
        var made = machine.run(ScriptCall.of("/bin/mkdir", List.of("-p", there), ""), log.cancellation());
        tell(Ended.plainly(made, "/bin/mkdir", ""), "mkdir -p " + there, log);
        // Through env, so that a wrapper of the site's is found as the shell would find it.
        var words = new ArrayList<>(List.of(copier, "-rp"));
        words.addAll(files());
        words.add(host + ":" + there);
        var call = ScriptCall.of("/usr/bin/env", words, "");
        var copied = new ThisMachine(ScriptLimits.none()).run(call, Cancellation.never());
        var shown = "scp -rp " + here + "/* " + host + ":" + there;
        tell(Ended.plainly(copied, "scp", shown), shown, log);
    }

    private static void tell(Ended ended, String shown, RequestLog log) {
        if (ended.code() != 0) {
            log.info("Command execution failed (exit code: " + ended.code() + "): " + shown);
            log.complaint(ended.complaint());
        }
    }

    private List<String> files() {
        try (var files = Files.list(Path.of(here))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of(here + "/*"); // scp says what is wrong with it
        }
    }
}
