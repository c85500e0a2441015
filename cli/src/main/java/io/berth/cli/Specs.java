package io.berth.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes options and arguments. */
final class Specs {
    static final String HOME = "--home";
    static final String VERBOSE = "--verbose";
    static final String DEBUG = "--debug";
    static final String NO_DAEMON = "--no-daemon";
    static final String DRY_RUN = "--dry-run";
    static final String JSON = "--json";
    static final String ALL = "--all";
    static final String HOST = "--host";
    static final String HOST_IS_DEAD = "--host-is-dead";

    private Specs() {}

    static OptionSpec flag(String name, String meaning) {
        return OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(meaning)
                .build();
    }

    static OptionSpec value(String name, String label, String meaning) {
        return value(List.of(name), label, meaning);
    }

    static OptionSpec value(List<String> names, String label, String meaning) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    /** An option that may be given several times. */
    static OptionSpec values(List<String> names, String label, String meaning) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    static PositionalParamSpec one(String label, String meaning) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    static PositionalParamSpec many(String label, String meaning) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    /** The VMs, unless {@link #ALL} is said. */
    static PositionalParamSpec manyOrAll(String label, String meaning) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    /** What every command takes. */
    static List<OptionSpec> common() {
        return List.of(
                value(HOME, "DIR", "Keep configuration, journal and log in this folder."),
                OptionSpec.builder("-v", VERBOSE)
                        .arity("0")
                        .type(boolean.class)
                        .description("Say what is done; success is silent otherwise.")
                        .build(),
                flag(DEBUG, "Show the log on standard error."),
                flag(NO_DAEMON, "Work in this process even where 'berth serve' runs."),
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .arity("0")
                        .type(boolean.class)
                        .description("Show this help.")
                        .build());
    }

    static OptionSpec dryRun() {
        return flag(DRY_RUN, "Only show what would be done, step by step.");
    }

    static OptionSpec json() {
        return OptionSpec.builder("-j", JSON)
                .arity("0")
                .type(boolean.class)
                .description("Print JSON.")
                .build();
    }

    static OptionSpec hostIsDead() {
        return values(
                List.of(HOST_IS_DEAD),
                "HOST",
                "You know that this host is switched off and stays off until it has been restarted: nothing runs there."
                        + " Wrong, this doubles VMs.");
    }
}
