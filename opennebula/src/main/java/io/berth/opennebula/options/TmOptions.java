package io.berth.opennebula.options;

import io.berth.driver.Failure;
import io.berth.driver.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of the transfer manager, with the meaning and the defaults they have in OpenNebula.
 *
 * @param threads transfer files at once, 1 or more
 * @param drivers TM_MADs that may be asked; empty: every one that has a folder
 */
public record TmOptions(int threads, Optional<Set<String>> drivers) {
    private static final List<Option> KNOWN = List.of(
            new Option("threads", 't', Option.Value.MAYBE),
            new Option("tm-types", 'd', Option.Value.MAYBE),
            // Understood and without effect, as in stock, whose transfers take as long as they take.
            new Option("timeout", 'w', Option.Value.MAYBE));

    public TmOptions {
        drivers = drivers.map(Set::copyOf);
    }

    /** @throws Failure {@code mad.arguments} */
    public static TmOptions parse(List<String> arguments) {
        var said = new OptionReader(KNOWN).read(arguments);
        if (!said.words().isEmpty()) {
            throw OptionReader.wrong("'" + Printable.line(said.words().getFirst()) + "' is no option");
        }
        return new TmOptions(
                said.number("threads", 1, OptionReader.USUAL_THREADS),
                Optional.ofNullable(said.values().get("tm-types")).map(TmOptions::names));
    }

    private static Set<String> names(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
