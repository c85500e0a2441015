package io.berth.engine.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this installation keeps its files.
 *
 * @param configuration the file; it needn't be there
 * @param state folder of the journal, for this user alone
 * @param log folder
 * @param run folder of what doesn't outlive a boot
 */
public record Home(Path configuration, Path state, Path log, Path run) {
    private static final String FILE = "berth.yaml";

    /** Everything in one folder. */
    public static Home in(Path folder) {
        var absolute = folder.toAbsolutePath().normalize();
        return new Home(absolute.resolve(FILE), absolute, absolute.resolve("log"), absolute.resolve("run"));
    }

    /**
     * The given folder, else {@code $BERTH_HOME}, else the system's folders for root and the user's own for others.
     *
     * @param environment of the process: {@code BERTH_HOME}, {@code HOME}, {@code XDG_CONFIG_HOME}, {@code
     *     XDG_STATE_HOME}, {@code XDG_RUNTIME_DIR}
     */
    public static Home find(Optional<Path> given, Map<String, String> environment, boolean isRoot) {
        return given.or(() -> folder(environment, "BERTH_HOME"))
                .map(Home::in)
                .orElseGet(() -> isRoot ? ofTheSystem() : ofTheUser(environment));
    }

    private static Home ofTheSystem() {
        return new Home(
                Path.of("/etc/berth", FILE),
                Path.of("/var/lib/berth"),
                Path.of("/var/log/berth"),
                Path.of("/run/berth"));
    }

    private static Home ofTheUser(Map<String, String> environment) {
        var user = folder(environment, "HOME").orElse(Path.of("/"));
        var state = folder(environment, "XDG_STATE_HOME")
                .orElse(user.resolve(".local/state"))
                .resolve("berth");
        return new Home(
                folder(environment, "XDG_CONFIG_HOME")
                        .orElse(user.resolve(".config"))
                        .resolve("berth")
                        .resolve(FILE),
                state,
                state.resolve("log"),
                folder(environment, "XDG_RUNTIME_DIR")
                        .map(runtime -> runtime.resolve("berth"))
                        .orElse(state.resolve("run")));
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }
}
