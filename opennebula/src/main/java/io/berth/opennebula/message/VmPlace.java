package io.berth.opennebula.message;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A VM's directory on a host, or a file in it, as commands name them: {@code HOST:LOCATION/DATASTORE/VM/FILE}.
 *
 * @param location of all datastores on the host, {@code /var/lib/one/datastores}
 * @param file in the directory, {@code disk.0}; empty: the directory itself
 */
public record VmPlace(String host, String location, int datastore, int vm, Optional<String> file) {
    /** Nothing that a shell takes for more than a word: scripts paste places into commands. */
    private static final String NAME = "[\\p{L}\\p{N}_.,+@=-]+";

    /** As the core writes it: a directory {@code 005} isn't VM 5's. */
    private static final String NUMBER = "(0|[1-9]\\d{0,8})";

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9_.@-]*):((?:/%1$s)+)/%2$s/%2$s(?:/(%1$s))?/?".formatted(NAME, NUMBER));

    /** @return empty for whatever else */
    public static Optional<VmPlace> parse(String word) {
        var match = FORM.matcher(word.replaceAll("/{2,}", "/"));
        if (!match.matches() || Stream.of(word.split("/")).anyMatch(part -> part.equals("..") || part.equals("."))) {
            return Optional.empty();
        }
        return Optional.of(new VmPlace(
                match.group(1),
                match.group(2),
                Integer.parseInt(match.group(3)),
                Integer.parseInt(match.group(4)),
                Optional.ofNullable(match.group(5))));
    }

    /** The datastore's. */
    public String folder() {
        return location + "/" + datastore;
    }

    /** The directory, the file left aside. */
    public String directory() {
        return folder() + "/" + vm;
    }

    /** The directory's path, or that of the file in it. */
    public String path() {
        return directory() + file.map(name -> "/" + name).orElse("");
    }

    /** On the same host or another. */
    public boolean isAtTheSamePathAs(VmPlace other) {
        return directory().equals(other.directory()) && file().equals(other.file());
    }

    /**
     * Wherever a command says a place of its VM's it has to be one: scripts remove what stands there.
     *
     * @throws Failure {@code transfer.outside}
     */
    static void check(TransferCommand command, int vm) {
        TransferVerb.of(command).stream()
                .flatMap(verb -> verb.places(command.arguments()))
                .filter(word -> parse(word).filter(place -> place.vm() == vm).isEmpty())
                .findFirst()
                .ifPresent(word -> {
                    throw Failure.of(
                                    FailureKind.CALLER,
                                    "transfer.outside",
                                    "Cannot perform " + Printable.line(command.verb()))
                            .why("'" + Printable.line(word) + "' is no path in the directory of VM " + vm
                                    + " on a datastore")
                            .next("nothing of the transfer file was done; look at it, and at DATASTORE_LOCATION")
                            .build();
                });
    }
}
