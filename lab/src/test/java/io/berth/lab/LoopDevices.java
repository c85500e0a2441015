package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The lab's own loop devices, seen from the machine: other labs may run beside this one. */
final class LoopDevices {
    private static final Pattern RANGE = Pattern.compile("loops=loop([0-9]+)-loop([0-9]+)");

    private final List<Integer> numbers;

    private LoopDevices(List<Integer> numbers) {
        this.numbers = numbers;
    }

    static LoopDevices of(Lab lab) {
        return new LoopDevices(RANGE.matcher(lab.status())
                .results()
                .flatMapToInt(range ->
                        IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))))
                .boxed()
                .toList());
    }

    /** What is behind each device, as its host named it; only those whose file's path contains that. */
    Map<String, String> attached(String part) {
        var attached = new TreeMap<String, String>();
        for (var number : numbers) {
            backing(number)
                    .lines()
                    .filter(file -> file.contains(part))
                    .forEach(file -> attached.put("/dev/loop" + number, file));
        }
        return attached;
    }

    /** Takes them away from under whoever has them. */
    void release(String part) {
        attached(part)
                .keySet()
                .forEach(device -> Program.run(
                        List.of("losetup", "--detach", device), Map.of(), new byte[0], Duration.ofSeconds(20)));
    }

    private static String backing(int number) {
        try {
            return Files.readString(Path.of("/sys/block/loop" + number + "/loop/backing_file"));
        } catch (NoSuchFileException free) {
            return "";
        } catch (IOException e) {
            // A device that is being detached at this moment.
            return e.getMessage() == null ? "" : rethrow(e);
        }
    }

    private static String rethrow(IOException e) {
        throw new UncheckedIOException(e);
    }
}
