package io.berth.opennebula.run;

import io.berth.transport.script.ScriptCall;
import io.berth.transport.script.ScriptLimits;
import io.berth.transport.script.ThisMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes images of CDs with files for the contextualization of VMs. Thread-safe. */
final class ContextImage {
    /** By this label guests know it. */
    private static final String LABEL = "CONTEXT";

    /** Joliet's and Rock Ridge's names, as stock's script has them made; each file under its own name. */
    private static final List<String> OPTIONS = List.of("-quiet", "-V", LABEL, "-J", "-R", "-graft-points");

    /** Those that may be there, with the words that have them understand what mkisofs does. */
    private static final List<List<String>> PROGRAMS = List.of(
            List.of("/usr/bin/genisoimage"),
            List.of("/usr/bin/mkisofs"),
            List.of("/usr/bin/xorriso", "-no_rc", "-as", "mkisofs"));

    /** Of ECMA-119: behind 16 sectors of 2048 bytes and the descriptor's type. */
    private static final long MARK_AT = 16 * 2048 + 1;

    private static final String MARK = "CD001";

    private static final ScriptLimits LIMITS = ScriptLimits.longest(Duration.ofMinutes(2));

    private ContextImage() {}

    /**
     * Writes one, durably.
     *
     * @param image where nothing stands yet
     * @throws IOException also when the program has made something else
     */
    static StepOutcome write(List<Path> files, Path image, RequestLog log) throws IOException {
        var found = PROGRAMS.stream()
                .filter(program -> Files.isExecutable(Path.of(program.getFirst())))
                .findFirst();
        if (found.isEmpty()) {
            return StepOutcome.failure("no program that makes CDs is here");
        }
        var outcome = run(found.get(), files, image, log);
        if (outcome.success()) {
            settle(image);
        }
        return outcome;
    }

    private static StepOutcome run(List<String> program, List<Path> files, Path image, RequestLog log) {
        var words = new ArrayList<>(program.subList(1, program.size()));
        words.addAll(OPTIONS);
        words.addAll(List.of("-o", image.toString()));
        files.forEach(file -> words.add(file.getFileName() + "=" + file));
        var name = program.getFirst();
        var result = new ThisMachine(LIMITS).run(ScriptCall.of(name, words, ""), log.cancellation());
        var shown = CommandText.escaped(name, words);
        return Ended.plainly(result, name, shown).told(shown, log).outcome();
    }

    /** Looks whether it is a CD at all, and has it outlast a loss of power. */
    private static void settle(Path image) throws IOException {
        try (var channel = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var mark = ByteBuffer.allocate(MARK.length());
            channel.read(mark, MARK_AT);
            if (!MARK.equals(new String(mark.array(), StandardCharsets.US_ASCII))) {
                throw new IOException(image + " is no CD");
            }
            channel.force(true);
        }
    }
}
