package io.berth.engine.configuration;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.hypervisor.libvirt.MigrationSettings;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms that values have. */
final class Forms {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+]*://[\\x21-\\x7e]*");

    private Forms() {}

    /** Any text of one line. */
    static Form.One<String> text(String allowed) {
        return new Form.One<>(allowed, text -> {
            if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                throw new BadValue("it is empty or has control characters");
            }
            return text;
        });
    }

    static Form.One<String> name() {
        return new Form.One<>("letters, digits, '-' and '_', at most 64", text -> {
            if (!NAME.matcher(text).matches()) {
                throw new BadValue("it has other characters, or too many");
            }
            return text;
        });
    }

    static Form.One<Path> absolutePath() {
        return new Form.One<>("an absolute path", text -> {
            if (!text.startsWith("/") || text.chars().anyMatch(Character::isISOControl)) {
                throw new BadValue("it doesn't begin with '/', or has control characters");
            }
            return Path.of(text);
        });
    }

    static Form.One<HostRef> host() {
        return new Form.One<>("the name of a host, as 'berth host list' shows it", text -> {
            try {
                return new HostRef(text);
            } catch (Failure failure) {
                throw new BadValue(failure.why());
            }
        });
    }

    static Form.One<String> libvirtUri() {
        return new Form.One<>("a libvirt URI such as `qemu:///system`", text -> {
            if (!URI.matcher(text).matches()) {
                throw new BadValue("it is no URI");
            }
            return text;
        });
    }

    static Form.One<String> peerUri() {
        return new Form.One<>("a libvirt URI such as `qemu+tls://{host}/system`", text -> {
            if (!URI.matcher(text).matches() || !text.contains(MigrationSettings.HOST)) {
                throw new BadValue("it is no URI, or has no {host} in it");
            }
            return text;
        });
    }

    static Form.One<Integer> number(int least, int most) {
        return new Form.One<>("a number from " + least + " to " + most, text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw new BadValue("it is no number");
            }
            var value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new BadValue("it is out of range");
            }
            return value;
        });
    }

    static Form.One<Boolean> yesOrNo() {
        return new Form.One<>("yes or no", text -> switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new BadValue("it is neither");
        });
    }

    static Form.One<MemoryWriter> writer() {
        return words(Writers.all(), Writers::word);
    }

    static <E extends Enum<E>> Form.One<E> words(List<E> values, Function<E, String> word) {
        var allowed = values.stream().map(word).collect(Collectors.joining(", ", "one of ", ""));
        return new Form.One<>(
                allowed,
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new BadValue("there is no such one")));
    }

    static <E extends Enum<E>> Form.One<E> words(Class<E> type) {
        return words(
                Arrays.asList(type.getEnumConstants()), value -> value.name().toLowerCase(Locale.ROOT));
    }

    static Form.One<DataSize> size(DataSize least, DataSize most) {
        return new Form.One<>(
                "a whole number with unit K, M, G or T (binary units), from " + least + " to " + most,
                text -> Sizes.parse(text)
                        .filter(size -> size.compareTo(least) >= 0 && size.compareTo(most) <= 0)
                        .orElseThrow(() -> new BadValue("it is no size, or out of range")));
    }

    /** Reading and writing alone: nothing that isn't a program has more. */
    static Form.One<Set<PosixFilePermission>> fileMode() {
        return new Form.One<>("an octal mode such as `0660`, of reading and writing", text -> {
            if (!text.matches("0?[0246]{3}")) {
                throw new BadValue("it isn't three such digits");
            }
            var bits = Integer.parseInt(text, 8);
            var words = new StringBuilder();
            for (var shift = 8; shift >= 0; shift--) {
                words.append((bits & (1 << shift)) == 0 ? '-' : "rwx".charAt(2 - shift % 3));
            }
            return PosixFilePermissions.fromString(words.toString());
        });
    }

    static Form.One<Duration> duration(Duration least, Duration most) {
        var allowed = "a time with unit ms, s, m or h, from " + text(least) + " to " + text(most);
        return new Form.One<>(allowed, text -> {
            var value = Times.parse(text).orElseThrow(() -> new BadValue("it is no number with a unit"));
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new BadValue("it is out of range");
            }
            return value;
        });
    }

    /** As it is written in the file. */
    static String text(Duration time) {
        if (time.toMillisPart() > 0) {
            return time.toMillis() + "ms";
        }
        return time.toSecondsPart() > 0 || time.isZero() ? time.toSeconds() + "s" : time.toMinutes() + "m";
    }
}
