package io.berth.opennebula.standin;

import io.berth.opennebula.mad.Driver;
import io.berth.opennebula.mad.TmSettings;
import io.berth.opennebula.mad.VmmSettings;
import io.berth.opennebula.memory.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Stands in for OpenNebula's core at the other end of a driver's pipes. */
public final class StandInOned implements AutoCloseable {
    private static final long PATIENCE = 60;
    private static final Engines NO_ENGINE = () -> {
        throw new AssertionError("nothing here is to be done by an engine");
    };

    private final OutputStream toDriver;
    private final BlockingQueue<String> fromDriver = new LinkedBlockingQueue<>();
    private final CompletableFuture<Driver.End> exit = new CompletableFuture<>();

    /** Starts a VM driver and says hello to it as the core does. */
    public StandInOned(VmmSettings settings) throws IOException {
        this(settings, NO_ENGINE);
    }

    /** The same for a driver that has an engine. */
    public StandInOned(VmmSettings settings, Engines engines) throws IOException {
        this((input, output) -> Driver.vmm(input, output, settings, engines));
    }

    /** The same with a transfer manager. */
    public StandInOned(TmSettings settings) throws IOException {
        this(settings, NO_ENGINE);
    }

    /** The same with one that has an engine. */
    public StandInOned(TmSettings settings, Engines engines) throws IOException {
        this((input, output) -> Driver.tm(input, output, settings, engines));
    }

    private StandInOned(BiFunction<InputStream, OutputStream, Driver> start) throws IOException {
        var down = Pipe.open();
        var up = Pipe.open();
        this.toDriver = Channels.newOutputStream(down.sink());
        var driver = start.apply(Channels.newInputStream(down.source()), Channels.newOutputStream(up.sink()));
        Thread.ofPlatform().daemon().name("driver").start(() -> {
            try {
                exit.complete(driver.serve());
            } catch (InterruptedException interrupted) {
                exit.completeExceptionally(interrupted);
            }
        });
        Thread.ofPlatform().daemon().name("from-driver").start(() -> {
            try (var lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(up.source()), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    fromDriver.add(line);
                }
            } catch (IOException closed) {
                return;
            }
        });
        say("INIT");
        var first = hear();
        if (!first.equals("INIT SUCCESS - -")) {
            throw new AssertionError("instead of INIT SUCCESS: " + first);
        }
    }

    public void say(String line) throws IOException {
        send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        toDriver.write(bytes);
        toDriver.flush();
    }

    /** The next line. */
    public String hear() {
        try {
            var line = fromDriver.poll(PATIENCE, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the driver said nothing for " + PATIENCE + " s");
            }
            return line;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Every line up to and with the first of that kind. */
    public List<String> hearUntil(Predicate<String> last) {
        var lines = new ArrayList<String>();
        do {
            lines.add(hear());
        } while (!last.test(lines.getLast()));
        return lines;
    }

    /** Sends a request and hears out the driver up to its reply. */
    public List<String> ask(String request) throws IOException {
        say(request);
        var action = request.split(" +")[0];
        return hearUntil(line -> line.startsWith(action + " "));
    }

    /** Whether there is nothing to hear now. */
    public boolean isQuiet() {
        return fromDriver.isEmpty();
    }

    /** Closes the pipe to the driver, as a core that dies does. */
    public void die() throws IOException {
        toDriver.close();
    }

    public Driver.End end() {
        return exit.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    public boolean hasExited() {
        return exit.isDone();
    }

    @Override
    public void close() throws IOException {
        toDriver.close();
    }
}
