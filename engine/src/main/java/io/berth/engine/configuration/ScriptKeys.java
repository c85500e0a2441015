package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import io.berth.driver.storage.StorageCapabilities;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of a datastore of a site's own scripts. */
final class ScriptKeys {
    static final Key<Path> SCRIPTS = Key.required(
            "scripts",
            Forms.absolutePath(),
            "The folder with the executables, the same path wherever they run. What each must do is told in"
                    + " [script-storage.md](script-storage.md).");
    static final Key<Path> LEDGER = Key.required(
            "ledger",
            Forms.absolutePath(),
            "Folder in which Berth keeps the ledger of checkpoints, one folder for all hosts that run the scripts. Berth"
                    + " doesn't make it.");
    static final Key<List<HostRef>> RUN_ON = new Key<>(
            "run-on",
            new Form.Many<>(Forms.host()),
            Optional.of(List.of()),
            "the datastore's own hosts",
            "Hosts that run all the scripts, the first that answers. Without it the first of the datastore's hosts that"
                    + " answers does, and each host attaches and detaches by itself.");
    static final Key<List<ScriptParameter>> PARAMETERS = new Key<>(
            "parameters",
            new Form.Many<>(ScriptParameter.form()),
            Optional.of(List.of()),
            "none",
            "What the scripts find in their environment: `tier=fast` as `BERTH_PARAMETER_TIER`. No place for secrets.");
    static final Key<List<Skill>> CAN = new Key<>(
            "can",
            new Form.Many<>(Forms.words(Arrays.asList(Skill.values()), Skill::word)),
            Optional.of(List.of()),
            "nothing of it",
            "What the storage can beyond the least. `thin`: a volume takes only what is written to it. `grow`: one can be"
                    + " enlarged while attached. `discard`: unused space can be given back. `many-hosts`: several hosts can"
                    + " have one attached at once.");

    static final List<Key<?>> ALL = List.of(SCRIPTS, LEDGER, RUN_ON, PARAMETERS, CAN);

    private ScriptKeys() {}

    /** What scripts can be said to be able to. */
    enum Skill {
        THIN,
        GROW,
        DISCARD,
        MANY_HOSTS;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static StorageCapabilities capabilities(List<Skill> skills) {
        return new StorageCapabilities(
                skills.contains(Skill.THIN),
                skills.contains(Skill.GROW),
                skills.contains(Skill.DISCARD),
                skills.contains(Skill.MANY_HOSTS),
                false);
    }
}
