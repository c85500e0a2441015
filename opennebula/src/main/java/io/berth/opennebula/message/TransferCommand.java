package io.berth.opennebula.message;

import java.util.List;
import java.util.stream.Stream;

/**
 * One command for the transfer manager, as the core writes them into messages and transfer files.
 *
 * @param verb {@code CLONE}, or {@code CLONE.ssh} for the form of an image driver that the system datastore asks for
 * @param driver TM_MAD
 */
public record TransferCommand(String verb, String driver, List<String> arguments) {
    public TransferCommand {
        arguments = List.copyOf(arguments);
    }

    /**
     * Empty lines and comments are passed over; a driver that is missing is an empty one. Only a newline ends a command:
     * what else some take for a line's end mustn't make two of one.
     */
    public static List<TransferCommand> lines(String text) {
        return Stream.of(text.split("\n"))
                .map(line -> words(line).toList())
                .filter(words -> !words.isEmpty() && !words.getFirst().startsWith("#"))
                .map(words -> new TransferCommand(
                        words.getFirst(),
                        words.size() > 1 ? words.get(1) : "",
                        words.subList(Math.min(2, words.size()), words.size())))
                .toList();
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.split("\\s+")).filter(word -> !word.isEmpty());
    }

    public TransferCommand withVerb(String other) {
        return new TransferCommand(other, driver, arguments);
    }
}
