package io.berth.storage.script;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.HostAnswer;
import io.berth.storage.hosts.Patience;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a site's scripts, each where it belongs, under the guard of that host. What a script says that it did is never
 * taken for what is: whoever lets one change something tells how to look. Thread-safe.
 */
final class Scripts {
    private final ScriptSettings settings;
    private final ScriptCommands commands;
    private final DatastoreHosts hosts;
    private final DatastoreHosts runners;
    private final Patience patience;

    /**
     * @param hosts of the datastore
     * @param runners who run what is about no host in particular
     * @param patience with a storage that shows only a moment later what was done
     */
    Scripts(ScriptSettings settings, DatastoreHosts hosts, DatastoreHosts runners, Patience patience) {
        this.settings = settings;
        this.commands = new ScriptCommands(settings);
        this.hosts = hosts;
        this.runners = runners;
        this.patience = patience;
    }

    /**
     * Something to be changed, and how to see whether it is.
     *
     * @param code of the failure when the script says that it is done, and it isn't
     * @param failing what is to be said when it isn't done, without a full stop
     * @param lacks what isn't as it should be; empty when all is
     */
    record Deed(String code, String failing, Supplier<Optional<String>> lacks) {}

    /** Has the storage changed. */
    void change(Call call, Deed deed, ScriptFunction function, String... arguments) {
        settle(run(call, function, List.of(arguments)), function, deed);
    }

    /** Has something changed that is about a host; the scripts learn its name as their last argument. */
    void changeAt(HostRef host, Call call, Deed deed, ScriptFunction function, String volume) {
        settle(runAt(host, call, function, volume), function, deed);
    }

    /** Runs a script, and looks at nothing. */
    HostAnswer run(Call call, ScriptFunction function, List<String> arguments) {
        return runners.change(commands.changing(call, function, arguments));
    }

    /** The same of one that is about a host. */
    HostAnswer runAt(HostRef host, Call call, ScriptFunction function, String volume) {
        var command = commands.changing(call, function, List.of(volume, host.name()));
        return settings.runOn().isEmpty() ? hosts.on(host, command) : runners.change(command);
    }

    /** What a script tells of the storage. */
    HostAnswer ask(ScriptFunction function) {
        return told(runners.read(() -> commands.reading(function, List.of())), function);
    }

    /** What a script tells of a host. */
    HostAnswer askAt(HostRef host, ScriptFunction function) {
        var command = commands.reading(function, List.of(host.name()));
        return told(settings.runOn().isEmpty() ? hosts.on(host, command) : runners.read(() -> command), function);
    }

    private void settle(HostAnswer answer, ScriptFunction function, Deed deed) {
        switch (ScriptEnding.of(answer)) {
            case ScriptEnding.Done() -> {
                if (!patience.until(() -> deed.lacks().get().isEmpty())) {
                    var lacks = deed.lacks().get().orElse("it wasn't so for a while");
                    throw ScriptFailures.untrue(answer, deed.code(), deed.failing(), lacks);
                }
            }
            case ScriptEnding.Unclear() -> {
                if (deed.lacks().get().isPresent()) {
                    throw ScriptFailures.unclear(answer, deed.failing());
                }
            }
            case ScriptEnding.Refused(var refusal) -> throw ScriptFailures.refused(answer, refusal, deed.failing());
            case ScriptEnding.Missing() ->
                throw ScriptFailures.missing(answer, commands.path(function), deed.failing());
        }
    }

    private HostAnswer told(HostAnswer answer, ScriptFunction function) {
        var what = "the script '" + function.word() + "' doesn't tell what is there";
        switch (ScriptEnding.of(answer)) {
            case ScriptEnding.Done() -> {
                if (answer.result().truncated()) {
                    throw ScriptFailures.unreadable(answer, function, "it is longer than 1 MiB");
                }
            }
            case ScriptEnding.Unclear() -> throw ScriptFailures.blind(answer, what);
            case ScriptEnding.Refused(var refusal) -> throw ScriptFailures.refused(answer, refusal, what);
            case ScriptEnding.Missing() -> throw ScriptFailures.missing(answer, commands.path(function), what);
        }
        return answer;
    }
}
