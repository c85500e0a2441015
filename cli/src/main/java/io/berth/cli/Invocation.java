package io.berth.cli;

import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** A command line, read. */
final class Invocation {
    private final List<ParseResult> levels;
    private final Session session;

    /** @param levels from the program itself to the verb */
    Invocation(List<ParseResult> levels, Session session) {
        this.levels = List.copyOf(levels);
        this.session = session;
    }

    Session session() {
        return session;
    }

    boolean has(String option) {
        return has(levels, option);
    }

    Optional<String> text(String option) {
        return text(levels, option);
    }

    List<String> texts(String option) {
        List<String> values = verb().matchedOptionValue(option, List.of());
        return List.copyOf(values);
    }

    Optional<HostRef> host(String option) {
        return text(option).map(HostRef::new);
    }

    Set<HostRef> hosts(String option) {
        var hosts = new LinkedHashSet<HostRef>();
        texts(option).forEach(name -> hosts.add(new HostRef(name)));
        return hosts;
    }

    /** The words that aren't options. */
    List<String> words() {
        var words = new ArrayList<String>();
        verb().matchedPositionals().forEach(position -> words.addAll(position.stringValues()));
        return words;
    }

    String word() {
        return words().getFirst();
    }

    /**
     * Whether all VMs are meant, and not those that are named.
     *
     * @param onlyWithAll options that make sense for all only
     */
    boolean isForAll(String... onlyWithAll) {
        var all = has(Specs.ALL);
        if (all != words().isEmpty()) {
            throw Usage.wrong("which VMs?", "name them, or say " + Specs.ALL + "; see '" + command() + " --help'");
        }
        for (var option : onlyWithAll) {
            if (!all && has(option)) {
                throw Usage.wrong(option + " is for " + Specs.ALL, "leave it out");
            }
        }
        return all;
    }

    /** As it is typed: {@code berth vm suspend}. */
    private String command() {
        return levels.stream().map(level -> level.commandSpec().name()).collect(Collectors.joining(" "));
    }

    private ParseResult verb() {
        return levels.getLast();
    }

    /** {@code berth --home X vm list} and {@code berth vm list --home X} mean the same. */
    static boolean has(List<ParseResult> levels, String option) {
        return levels.stream().anyMatch(level -> level.hasMatchedOption(option));
    }

    static Optional<String> text(List<ParseResult> levels, String option) {
        return levels.reversed().stream()
                .filter(level -> level.hasMatchedOption(option))
                .map(level -> level.matchedOptionValue(option, ""))
                .findFirst();
    }
}
