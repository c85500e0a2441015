package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs a site's scripts on the hosts of their guests, under the guard. The one place that builds their arguments; their
 * environment is set by {@code env}, which no shell reads either. Thread-safe.
 */
final class GuestScripts {
    /** Of the contract; a script may refuse one that it doesn't know. */
    private static final String CONTRACT = "1";

    private final ScriptHypervisorSettings settings;
    private final HostTransport transport;

    GuestScripts(ScriptHypervisorSettings settings, HostTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /** What a script tells; it changes nothing. */
    String ask(HostRef host, GuestFunction function, String... arguments) {
        var command = HostCommand.reading(argv(List.of(), function, arguments));
        var ended = new EndedScript(host, function, command, transport.run(host, command));
        return ended.output("the script '" + function.word() + "' doesn't tell what is there");
    }

    /** Has something changed. Whether it is, its ending alone doesn't tell. */
    EndedScript change(Call call, HostRef host, byte[] input, GuestFunction function, String... arguments) {
        var token = call.token();
        var whose = List.of("BERTH_OPERATION=" + token.operation(), "BERTH_EPOCH=" + token.epoch());
        var command =
                HostCommand.changing(call, argv(whose, function, arguments)).withStdin(input);
        return new EndedScript(host, function, command, transport.run(host, command));
    }

    private String[] argv(List<String> whose, GuestFunction function, String... arguments) {
        var argv = new ArrayList<>(List.of("env", "LC_ALL=C", "BERTH_CONTRACT=" + CONTRACT));
        settings.parameters().forEach((name, value) -> argv.add(variable(name) + "=" + value));
        argv.addAll(whose);
        argv.add(settings.scripts() + "/" + function.word());
        argv.addAll(List.of(arguments));
        return argv.toArray(String[]::new);
    }

    private static String variable(String parameter) {
        return "BERTH_PARAMETER_" + parameter.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
