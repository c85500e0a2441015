package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What strangers leave in a datastore's folder, under names that nearly look like Berth's. */
final class Litter {
    private static final Map<String, String> FILES = Map.of(
            "notes.txt", "nothing of yours\n",
            ".berth-old.img", "hidden",
            "berth-1 (copy).img", "blank and brackets",
            "berth-1.img\nberth-2.img", "two lines",
            "$(touch hit).img", "a shell's bait",
            "berth-1.g00.complete", "operation=\n",
            "berth-1.g1.done", "no such state",
            "berth-2.record", "checkpoint 1\nvm=nobody\nsha256=0\n",
            "--help.record", "",
            "berth-é.img", "not only ASCII");

    private Litter() {}

    static void leaveIn(Path folder) {
        try {
            Files.createDirectory(folder.resolve("berth-1.img"));
            for (var file : FILES.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
