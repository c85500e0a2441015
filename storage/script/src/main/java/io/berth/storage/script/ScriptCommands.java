package io.berth.storage.script;

import io.berth.driver.Call;
import io.berth.driver.host.HostCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The arguments of every script; nothing else builds any. Its environment is set by {@code env}, whose arguments no shell
 * reads either.
 */
final class ScriptCommands {
    /** Of the contract; a script may refuse one that it doesn't know. */
    private static final String CONTRACT = "1";

    private final ScriptSettings settings;

    ScriptCommands(ScriptSettings settings) {
        this.settings = settings;
    }

    HostCommand reading(ScriptFunction function, List<String> arguments) {
        return HostCommand.reading(argv(List.of(), function, arguments));
    }

    HostCommand changing(Call call, ScriptFunction function, List<String> arguments) {
        var token = call.token();
        var whose = List.of(
                "BERTH_OPERATION=" + token.operation(),
                "BERTH_EPOCH=" + token.epoch(),
                "BERTH_VM=" + token.vm().uuid());
        return HostCommand.changing(call, argv(whose, function, arguments));
    }

    String path(ScriptFunction function) {
        return settings.scripts() + "/" + function.word();
    }

    private String[] argv(List<String> whose, ScriptFunction function, List<String> arguments) {
        var argv = new ArrayList<>(
                List.of("env", "LC_ALL=C", "BERTH_CONTRACT=" + CONTRACT, "BERTH_DATASTORE=" + settings.datastore()));
        settings.parameters().forEach((name, value) -> argv.add(variable(name) + "=" + value));
        argv.addAll(whose);
        argv.add(path(function));
        argv.addAll(arguments);
        return argv.toArray(String[]::new);
    }

    private static String variable(String parameter) {
        return "BERTH_PARAMETER_" + parameter.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
