package io.berth.cli;

import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All commands. Built by hand and not from annotations: the JVM can keep what comes of this in its AOT cache, which
 * halves the time to start.
 */
final class CommandTree {
    private CommandTree() {}

    static List<Noun> nouns() {
        return List.of(
                HostVerbs.noun(),
                VmVerbs.noun(),
                CheckpointVerbs.noun(),
                DatastoreVerbs.noun(),
                OperationVerbs.noun(),
                DomainVerbs.noun(),
                StorageVerbs.noun(),
                MadVerbs.noun(),
                OpenNebulaVerbs.noun(),
                CompletionVerbs.noun());
    }

    /** Commands without a noun. */
    static List<Verb> verbs() {
        return List.of(RecoverVerb.verb(), GarbageVerb.verb(), DoctorVerb.verb(), ServeVerb.verb());
    }

    /**
     * @param words of the command line: of nouns and verbs among which some are named, the others are left out, which
     *     saves a short command a tenth of its time
     */
    static CommandLine build(Collection<String> words) {
        var root = spec(
                CommandSpec.create(),
                "berth",
                "Saves, restores and migrates virtual machines, their memory written once.");
        root.usageMessage()
                .footer(
                        "",
                        "Exit codes: 0 done, 1 failed and undone, 2 bad request, 3 unknown (run 'berth recover'),",
                        "4 refused, 5 environment, 6 cancelled, 10 done with cleanup pending, 12 memory lost.");
        root.addOption(OptionSpec.builder("-V", "--version")
                .arity("0")
                .type(boolean.class)
                .description("Show the version.")
                .build());
        var named = nouns().stream().filter(noun -> words.contains(noun.name())).toList();
        var bare = verbs().stream().filter(verb -> words.contains(verb.name())).toList();
        var isNamed = !named.isEmpty() || !bare.isEmpty();
        for (var noun : isNamed ? named : nouns()) {
            var spec = spec(CommandSpec.create(), noun.name(), noun.summary());
            if (isNamed) {
                verbs(noun, words).forEach(verb -> add(spec, verb));
            }
            root.addSubcommand(noun.name(), spec);
        }
        (isNamed ? bare : verbs()).forEach(verb -> add(root, verb));
        return new CommandLine(root)
                .setUnmatchedArgumentsAllowed(false)
                .setOverwrittenOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(34);
    }

    private static List<Verb> verbs(Noun noun, Collection<String> words) {
        var named = noun.verbs().stream()
                .filter(verb -> words.contains(verb.name()))
                .toList();
        return named.isEmpty() ? noun.verbs() : named;
    }

    private static void add(CommandSpec parent, Verb verb) {
        var spec = spec(CommandSpec.wrapWithoutInspection(verb), verb.name(), verb.summary());
        spec.usageMessage().footer(verb.details().toArray(String[]::new));
        verb.options().forEach(spec::addOption);
        verb.arguments().forEach(spec::addPositional);
        parent.addSubcommand(verb.name(), new CommandLine(spec));
    }

    private static CommandSpec spec(CommandSpec spec, String name, String summary) {
        spec.name(name);
        spec.usageMessage().description(summary).sortOptions(false).abbreviateSynopsis(true);
        Specs.common().forEach(spec::addOption);
        return spec;
    }
}
