package io.berth.opennebula.standin;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of scripts as text, and the files of those that are expected. */
final class ShownCalls {
    private static final Path FOLDER = Path.of(System.getProperty("berth.root"), "opennebula/src/test/resources/calls");

    private ShownCalls() {}

    /**
     * The calls since the last request, one a line, with what each was told spelled out.
     *
     * @param payload as it stands in the real core's line
     * @param domain the deployment file's content
     */
    static List<String> of(StubSite site, String payload, String domain) throws IOException {
        var here = site.asHere(Payload.decode(payload));
        var message = Payload.asStockWritesIt(here);
        var vm = Payload.element(message, "VM");
        var datastore = Payload.element(message, "DATASTORE");
        var inputs = Map.ofEntries(
                entry("", "nothing"),
                entry("\n", "a newline"),
                entry(message, "the message"),
                entry(message + "\n", "the message and a newline"),
                entry(Payload.encode(message), "the message in base64"),
                entry(Payload.encode(vm), "the VM in base64"),
                entry(vm, "the VM"),
                entry(datastore, "the datastore"),
                entry(domain + "\n", "the deployment file and a newline"),
                entry(Payload.encode(domain), "the deployment file in base64"));
        var lines = new ArrayList<String>();
        for (var call : site.takeCalls()) {
            var arguments = call.arguments().stream()
                    .map(word -> word.equals(Payload.encode(here)) ? "MESSAGE" : word)
                    .map(word -> "[" + site.asReal(word) + "]")
                    .toList();
            lines.add(call.where() + ": " + call.program() + " " + String.join(" ", arguments) + " <- "
                    + inputs.getOrDefault(call.input(), spelled(site, call.input())));
        }
        return lines;
    }

    private static String spelled(StubSite site, String input) {
        var text = input.matches("[A-Za-z0-9+/=\n]+") ? "base64 of " + Payload.decode(input.replace("\n", "")) : input;
        return (input.strip().contains("\n") ? "in lines, " : "")
                + site.asReal(text).strip();
    }

    /**
     * The expected ones, which were derived from the reference of the stock driver's steps and read line by line. {@code
     * -Dberth.calls=write} takes those that were made for expected: read what changed.
     *
     * @param made calls
     */
    static List<String> expected(String name, List<String> made) throws IOException {
        var file = FOLDER.resolve(name + ".txt");
        if ("write".equals(System.getProperty("berth.calls"))) {
            Files.createDirectories(FOLDER);
            Files.write(file, made, StandardCharsets.UTF_8);
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
