package io.berth.storage.files;

import static io.berth.storage.files.FakeHelperTransport.failed;
import static io.berth.storage.files.FakeHelperTransport.ok;

import io.berth.driver.host.CommandResult;
import io.berth.storage.hosts.HostAnswer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** A stand-in for the host helper's commands on files, as its contract tells them. */
final class FakeFiles {
    private static final int ABSENT = 20;
    private static final long LARGEST_GATHERED = 64 << 10;
    private static final int LARGEST_OUTPUT = 1 << 20;

    CommandResult execute(List<String> argv, byte[] stdin) {
        var path = Path.of(argv.get(1));
        try {
            return switch (argv.getFirst()) {
                case "create-once" -> createOnce(path, stdin);
                case "replace" -> replace(path, stdin);
                case "remove" -> {
                    Files.deleteIfExists(path);
                    yield ok("");
                }
                case "read" -> read(path);
                case "list" -> ok(list(path));
                case "gather" -> ok(gather(path, argv.subList(2, argv.size())));
                case "room" ->
                    ok(path.toFile().getTotalSpace() + " " + path.toFile().getUsableSpace() + "\n");
                case "make-volume" -> makeVolume(path, Long.parseLong(argv.get(2)));
                case "grow-volume" -> growVolume(path, Long.parseLong(argv.get(2)));
                default -> failed(2, "usage: no such command");
            };
        } catch (NoSuchFileException e) {
            return failed(ABSENT, "absent: " + e.getMessage());
        } catch (IOException e) {
            return failed(1, "failed: " + e);
        }
    }

    private static CommandResult createOnce(Path path, byte[] content) throws IOException {
        if (Files.exists(path)) {
            return failed(HostAnswer.EXISTS, "exists: " + path);
        }
        Files.write(path, content);
        return ok("");
    }

    private static CommandResult replace(Path path, byte[] content) throws IOException {
        var beside = path.resolveSibling(".new." + path.getFileName());
        Files.write(beside, content);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        return ok("");
    }

    private static CommandResult read(Path path) throws IOException {
        var bytes = Files.readAllBytes(path);
        var shown = Math.min(bytes.length, LARGEST_OUTPUT);
        return new CommandResult(0, new String(bytes, 0, shown, StandardCharsets.UTF_8), "", shown < bytes.length);
    }

    private static String list(Path folder) throws IOException {
        var lines = new StringBuilder();
        for (var file : regularFiles(folder)) {
            lines.append(file.getFileName() + " " + Files.size(file) + " " + allocated(file) + "\n");
        }
        return lines.toString();
    }

    /** Sparse files can't be asked for their blocks from Java: what isn't zero counts, in pages. */
    private static long allocated(Path file) throws IOException {
        var page = 4096;
        var zeroes = new byte[page];
        var bytes = Files.readAllBytes(file);
        var pages = 0L;
        for (var start = 0; start < bytes.length; start += page) {
            var end = Math.min(start + page, bytes.length);
            pages += Arrays.equals(bytes, start, end, zeroes, 0, end - start) ? 0 : 1;
        }
        return pages * page;
    }

    private static String gather(Path folder, List<String> ends) throws IOException {
        var text = new StringBuilder();
        for (var file : regularFiles(folder)) {
            var name = file.getFileName().toString();
            if (Files.size(file) <= LARGEST_GATHERED && ends.stream().anyMatch(name::endsWith)) {
                text.append(name + " " + Files.size(file) + "\n");
                text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** A name with a newline would break the lines of the answer; the helper leaves it out. */
    private static List<Path> regularFiles(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().contains("\n"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static CommandResult makeVolume(Path path, long size) throws IOException {
        if (Files.exists(path)) {
            return Files.size(path) >= size ? ok("") : failed(HostAnswer.EXISTS, "too-small: " + path);
        }
        if (!Files.isDirectory(path.resolveSibling("."))) {
            return failed(ABSENT, "absent: the folder of " + path);
        }
        resize(path, size);
        return ok("");
    }

    private static CommandResult growVolume(Path path, long size) throws IOException {
        if (!Files.exists(path)) {
            return failed(ABSENT, "absent: " + path);
        }
        if (Files.size(path) < size) {
            resize(path, size);
        }
        return ok("");
    }

    private static void resize(Path path, long size) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
    }
}
