package io.berth.opennebula.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the core asks storage drivers for by transfer files. */
public enum TransferVerb {
    CLONE("SOURCE PLACE VM DATASTORE"),
    LN("SOURCE PLACE VM DATASTORE"),
    MKSWAP("SIZE PLACE VM DATASTORE"),
    MKIMAGE("SIZE FORMAT PLACE VM DATASTORE"),
    MV("PLACE PLACE VM DATASTORE"),
    MVDS("PLACE SOURCE VM DATASTORE"),
    CPDS("PLACE SOURCE SNAPSHOT VM DATASTORE"),
    DELETE("PLACE VM DATASTORE"),
    RESIZE("PLACE SIZE VM DATASTORE"),
    RESTORE("PLACE VM IMAGE INCREMENT DISK"),
    SNAP_CREATE("PLACE SNAPSHOT VM DATASTORE"),
    SNAP_CREATE_LIVE("PLACE SNAPSHOT VM DATASTORE"),
    SNAP_REVERT("PLACE SNAPSHOT VM DATASTORE"),
    SNAP_DELETE("PLACE SNAPSHOT VM DATASTORE");

    private final List<String> words;

    TransferVerb(String words) {
        this.words = List.of(words.split(" "));
    }

    /** However it is written, and whatever form of it is asked for; empty for the verbs that others have added. */
    public static Optional<TransferVerb> of(TransferCommand command) {
        var form = command.verb().indexOf('.');
        var plain = form < 0 ? command.verb() : command.verb().substring(0, form);
        return Stream.of(values())
                .filter(verb -> verb.name().equals(plain.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** What its arguments are; {@code PLACE} is the VM's directory on a host, or a file in it. */
    List<String> words() {
        return words;
    }

    /** Those that are places, as far as they are there. */
    Stream<String> places(List<String> arguments) {
        return IntStream.range(0, Math.min(words.size(), arguments.size()))
                .filter(position -> words.get(position).equals("PLACE"))
                .mapToObj(arguments::get);
    }
}
