package io.berth.opennebula.run;

import io.berth.opennebula.action.ActionStep;
import io.berth.opennebula.action.Side;
import io.berth.opennebula.explain.ScriptedDeed;
import io.berth.opennebula.memory.EngineDirectories;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.message.ElementPath;
import io.berth.opennebula.message.NetworkView;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.shared.MessageDatastore;
import io.berth.opennebula.shared.SharedDirectories;
import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptInput;
import io.berth.transport.script.SshWay;
import io.berth.transport.script.ThisMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The scripts of one request's steps, each with exactly the arguments and the input it gets from the stock driver. */
final class StepScripts {
    private static final String ENV = "/usr/bin/env";
    private static final ElementPath DISK_DRIVERS = ElementPath.of("TEMPLATE/DISK/TM_MAD");

    private final SiteScripts site;
    private final HostScripts hosts;
    private final SharedDirectories directories;
    private final TransferCommands transfers;
    private final DriverMessage message;
    private final SshWay ssh;
    private final RequestLog log;
    private final NetworkView network;

    /** @param delegating whether connections take the caller's keys along */
    StepScripts(SiteScripts site, HostScripts hosts, DriverMessage message, boolean delegating, RequestLog log) {
        this.site = site;
        this.hosts = hosts;
        this.directories = new SharedDirectories(new MessageDatastore(message));
        this.transfers = new TransferCommands(
                new TransferScripts(site.places().transferFolder(), Optional.empty()),
                new DirectoryRemoval(site.ssh()),
                new DiskMaking(site.ssh()),
                new DiskBringing(site.ssh()),
                EngineDirectories.none());
        this.message = message;
        this.ssh = delegating ? site.ssh().delegating() : site.ssh();
        this.log = log;
        this.network = NetworkView.of(message.vm());
    }

    StepOutcome hypervisor(ActionStep.Hypervisor step, Words words) {
        return ended(step, words).outcome();
    }

    /** It counts where the guest is, whatever the script says. */
    StepOutcome memory(ActionStep.Memory step, Words words) {
        var began = System.nanoTime();
        var deed = deed(step, words, () -> Duration.ofNanos(System.nanoTime() - began));
        return new MemoryWatch(word -> deed.look(site.ssh(), word), step.work().isDoubtedOnSuccess(), log)
                .judged(ended(step.script(), words));
    }

    private ScriptedDeed deed(ActionStep.Memory step, Words words, Supplier<Duration> since) {
        var guest = message.deployId().isEmpty() ? "one-" + log.vm() : message.deployId();
        var place = site.places().hypervisor(step.name(), step.script().script());
        var command = place.path() + " " + words.shown().getFirst() + " ";
        return switch (step.work()) {
            case SAVE -> new ScriptedDeed.Save(message.host(), folder(), guest, command, since);
            case RESTORE -> new ScriptedDeed.Restore(message.host(), guest, command);
            case MOVE -> new ScriptedDeed.Move(message.host(), message.destination(), guest, command);
        };
    }

    private String folder() {
        var file = message.checkpointFile();
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    private Ended ended(ActionStep.Hypervisor step, Words words) {
        var host = host(step.side());
        var place = site.places().hypervisor(step.name(), step.script());
        var behind = List.of(Integer.toString(log.vm()), host);
        var command = CommandText.quoted(place.path(), words.shown(), behind);
        var arguments = joined(words.real(), behind);
        return place.local()
                ? here(place.path(), arguments, base64(step.input()), Optional.empty(), site.timeout(), command)
                : there(host, place.path(), arguments, step.input(), Optional.empty(), site.timeout(), command);
    }

    StepOutcome program(ActionStep.Program step) {
        var command =
                CommandText.quoted(step.name(), step.outputFile().isPresent() ? List.of() : last(step), List.of());
        var ended = step.local()
                ? here(
                        step.program(),
                        step.arguments(),
                        base64(step.input()),
                        step.outputFile(),
                        site.timeout(),
                        command)
                : there(
                        message.host(),
                        step.program(),
                        step.arguments(),
                        step.input(),
                        step.outputFile(),
                        site.timeout(),
                        command);
        return ended.outcome();
    }

    private static List<String> last(ActionStep.Program step) {
        return List.of(step.arguments().getLast());
    }

    /** One driver after the other; the first that fails ends the step. */
    StepOutcome network(ActionStep.Network step, Words words) {
        var usual = base64(network.vm().source());
        var infos = new StringBuilder();
        for (var driver : network.drivers()) {
            if (step.skipped().contains(driver)) {
                continue;
            }
            var outcome = ActionStep.Transfer.isName(driver)
                    ? network(step, words, driver, usual)
                    : StepOutcome.failure("Network Driver '" + driver + "' not available");
            infos.append(' ').append(driver).append(": ").append(outcome.info());
            if (!outcome.success()) {
                return StepOutcome.failure(infos.toString());
            }
        }
        return new StepOutcome(true, infos.toString());
    }

    private StepOutcome network(ActionStep.Network step, Words words, String driver, String usual) {
        var place = site.places().network(driver, step.name());
        var command = CommandText.quoted(place.path() + " ", words.shown(), List.of());
        var ended = place.local()
                ? here(place.path(), words.real(), usual, Optional.empty(), Optional.empty(), command)
                : there(
                        host(step.side()),
                        place.path(),
                        words.real(),
                        step.input().orElse(usual),
                        Optional.empty(),
                        Optional.empty(),
                        command);
        return ended.outcome();
    }

    StepOutcome transfer(TransferCommand command, String input) {
        return transfers.perform(command, directories.around(command, diskDrivers()), input, log);
    }

    private Set<String> diskDrivers() {
        return message.vm()
                .at(DISK_DRIVERS)
                .map(driver -> driver.text().strip())
                .collect(Collectors.toSet());
    }

    /** Its variables are set by a program in between, which becomes the script. */
    StepOutcome hook(TransferCommand command, Map<String, String> environment, String input) {
        var script = site.places().transferFolder() + "/" + command.driver() + "/" + command.verb();
        var words = new ArrayList<String>();
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.add(script);
        words.addAll(command.arguments());
        return here(
                        ENV,
                        words,
                        input,
                        Optional.empty(),
                        Optional.empty(),
                        CommandText.escaped(script, command.arguments()))
                .outcome();
    }

    StepOutcome datastore(TransferCommand command, String input) {
        var folder = site.places().datastoreFolder() + "/" + command.driver();
        if (!ActionStep.Transfer.isName(command.driver()) || !Files.isDirectory(Path.of(folder))) {
            return StepOutcome.failure("Datastore Driver '" + command.driver() + "' not available");
        }
        var script = folder + "/" + command.verb().toLowerCase(Locale.ROOT);
        return new FrontEndScript(script, command.arguments()).run(input, log);
    }

    /** A request that is one script: tried again once a second as often as the site wants. */
    StepOutcome single(ActionStep.Hypervisor step, Words words) {
        var place = site.places().hypervisor(step.name(), step.script());
        var behind = List.of(Integer.toString(log.vm()), message.host());
        var arguments = joined(words.real(), behind);
        if (place.local()) {
            var command = place.path() + " " + String.join(" ", joined(words.shown(), behind));
            return here(place.path(), arguments, base64(step.input()), Optional.empty(), site.timeout(), command)
                    .outcome();
        }
        var command = CommandText.single(place.path(), joined(words.shown(), behind));
        var outcome = singleThere(place.path(), arguments, step.input(), command);
        for (var left = site.retries(); left > 0 && !outcome.success() && pause(); left--) {
            outcome = singleThere(place.path(), arguments, step.input(), command);
        }
        return outcome;
    }

    private StepOutcome singleThere(String program, List<String> arguments, String input, String command) {
        var call = ScriptCall.of(program, arguments, input);
        var result = hosts.run(message.host(), ssh, site.timeout(), call, log);
        return Ended.plainly(result, program, command).told(command, log).outcome();
    }

    /** Whether the time is over and nobody asked to stop meanwhile. */
    private boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !log.cancellation().requested();
    }

    private Ended here(
            String program,
            List<String> arguments,
            String input,
            Optional<String> outputFile,
            Optional<Duration> longest,
            String command) {
        var machine = new ThisMachine(HostScripts.limits(longest));
        var result = machine.run(
                new ScriptCall(program, arguments, ScriptInput.text(input), outputFile), log.cancellation());
        return Ended.plainly(result, program, command).told(command, log);
    }

    /** Stock hands the input on in a here-document, which adds a newline. */
    private Ended there(
            String host,
            String program,
            List<String> arguments,
            String input,
            Optional<String> outputFile,
            Optional<Duration> longest,
            String command) {
        var call = new ScriptCall(program, arguments, ScriptInput.text(input + "\n"), outputFile);
        var ended = Ended.onHost(hosts.run(host, ssh, longest, call, log), host, program);
        if (ended.code() != 0) {
            log.info("Command execution fail (exit code: " + ended.code() + "): " + CommandText.onHost(command));
        }
        log.complaint(ended.complaint());
        log.meant(ended.complaint());
        return ended;
    }

    private String host(Side side) {
        return switch (side) {
            case HOST -> message.host();
            case DESTINATION -> message.destination();
        };
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
