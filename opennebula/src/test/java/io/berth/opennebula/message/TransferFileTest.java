package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferFileTest {
    private static final int SEEDS = 3000;

    @TempDir
    Path folder;

    @Test
    void commandsAreReadInTheirOrderWithoutCommentsAndEmptyLines() {
        var text = """
                # a comment

                MV  shared node1:/d/100/5/disk.0\tnode2:/d/100/5/disk.0 5 101
                  # another, indented
                CLONE.ssh ceph fe:one/one-1 node2:/d/100/5/disk.1 5 102\r
                """;

        assertThat(parse(text, 5).commands())
                .containsExactly(
                        new TransferCommand(
                                "MV", "shared", List.of("node1:/d/100/5/disk.0", "node2:/d/100/5/disk.0", "5", "101")),
                        new TransferCommand(
                                "CLONE.ssh", "ceph", List.of("fe:one/one-1", "node2:/d/100/5/disk.1", "5", "102")));
    }

    @Test
    void aFileOfNothingAsksForNothing() {
        assertThat(parse("", 5).commands()).isEmpty();
        assertThat(parse("\n#\n \n", 5).commands()).isEmpty();
    }

    /** A name with such a character in it mustn't smuggle a command in. */
    @ParameterizedTest
    @ValueSource(strings = {"\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029"})
    void onlyANewlineEndsACommand(String separator) {
        assertThat(parse("X shared fe:x" + separator + "DELETE", 5).commands()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE shared node1:/etc 5 100",
                "DELETE shared node1:/d/100/6 5 100",
                "delete.ssh shared node1:/d/100/5/../6 5 100",
                "MV shared node1:/d/100/5 node2:/ 5 100",
                "MV shared / node2:/d/100/5 5 100",
                "CLONE shared fe:x node1:/tmp/x 5 100",
                "MKIMAGE shared 8 raw node1:/d/$(id)/100/5/disk.1 5 100",
                "CPDS shared -oProxyCommand=id:/d/100/5/disk.0 x -1 5 100",
            })
    void aPlaceOutsideOfTheVmsDirectoryIsRefusedWithTheWholeFile(String line) {
        assertRefused("transfer.outside", () -> parse("MV shared n:/d/1/5 n:/d/1/5 5 1\n" + line + "\n", 5));
    }

    @Test
    void aVerbThatOthersHaveAddedIsTheirsToCheck() {
        assertThat(parse("FREEZE vendor node1:/anywhere 5 100", 5).commands()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsToldInTheStockDriversWords() {
        var file = folder.resolve("transfer.0.prolog").toString();

        assertThatThrownBy(() -> TransferFile.read(file, 5)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("transfer.missing");
            assertThat(failure.what()).isEqualTo("Transfer file '" + file + "' does not exist");
        });
    }

    @Test
    void whatIsNoPlainFileIsNotRead() {
        assertRefused("transfer.unreadable", () -> TransferFile.read(folder.toString(), 5));
        assertRefused("transfer.unreadable", () -> TransferFile.read("/dev/zero", 5));
        assertRefused("transfer.unreadable", () -> TransferFile.read("/proc/self/mem", 5));
        assertRefused("transfer.unreadable", () -> TransferFile.read("\0", 5));
    }

    @Test
    void aHugeFileIsRefusedAndOneOfManyCommandsIsRead() throws IOException {
        var huge = folder.resolve("huge");
        try (var sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        var many = folder.resolve("many");
        Files.writeString(many, "MV shared n1:/d/100/5/disk.0 n2:/d/100/5/disk.0 5 100\n".repeat(10_000));

        assertRefused("transfer.too-large", () -> TransferFile.read(huge.toString(), 5));
        assertThat(TransferFile.read(many.toString(), 5).commands()).hasSize(10_000);
    }

    @Test
    void bytesThatAreNoTextAreRefusedInsteadOfBeingPassedOnChanged() throws IOException {
        var file = folder.resolve("bytes");
        Files.write(file, new byte[] {'L', 'N', ' ', (byte) 0xff, '\n'});

        assertRefused("transfer.not-text", () -> TransferFile.read(file.toString(), 5));
        assertRefused("transfer.not-text", () -> parse("LN shared a\0b", 5));
        assertRefused("transfer.not-text", () -> TransferFile.parse("LN shared größe", 5, StandardCharsets.US_ASCII));
    }

    /** Whatever words commands are made of, each comes out as it went in, however blanks and comments lie between. */
    @Test
    void anyCommandsThatAreWrittenAreReadAgain() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var commands = IntStream.range(0, random.nextInt(6))
                    .mapToObj(_ -> command(random))
                    .toList();

            assertThat(parse(written(commands, random), 5).commands())
                    .as("seed %d", seed)
                    .isEqualTo(commands);
        }
    }

    /** Garbage is commands, or is refused; no place in what is left lies outside. */
    @Test
    void anyTextIsReadOrRefusedAndNothingElse() {
        var pieces = List.of(
                "MV",
                "DELETE",
                "delete.sys",
                "CLONE",
                ".",
                " ",
                "  ",
                "\t",
                "\n",
                "\r",
                "#",
                "5",
                "100",
                "shared",
                "node1:/d/100/5",
                "node1:/d/100/5/disk.0",
                "node1:/d/100/6",
                "n:/",
                "../",
                "/",
                ":",
                "$(id)",
                "\0",
                "ä",
                "\ud800",
                "\u2028",
                "\u0085",
                "-",
                "'",
                "\\");
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var text = Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                    .limit(random.nextInt(40))
                    .collect(Collectors.joining());
            try {
                assertThat(parse(text, 5).commands())
                        .as("seed %d", seed)
                        .allSatisfy(TransferFileTest::isHarmless)
                        .hasSizeLessThanOrEqualTo(
                                (int) text.chars().filter(it -> it == '\n').count() + 1);
            } catch (Failure refused) {
                assertThat(refused.code()).as("seed %d", seed).startsWith("transfer.");
            }
        }
    }

    private static TransferFile parse(String text, int vm) {
        return TransferFile.parse(text, vm, StandardCharsets.UTF_8);
    }

    private static void isHarmless(TransferCommand command) {
        assertThat(command.verb()).doesNotContain(" ", "\t", "\r").isNotEmpty();
        if (command.verb().toUpperCase(Locale.ROOT).startsWith("DELETE.")
                || command.verb().equals("DELETE")) {
            assertThat(command.arguments().stream().limit(1))
                    .allMatch(word -> word.startsWith("node1:/d/100/5") && !word.contains(".."));
        }
    }

    private static TransferCommand command(Random random) {
        var place = "node1:/var/lib/one//datastores/100/5";
        return switch (random.nextInt(4)) {
            case 0 -> new TransferCommand("DELETE.ssh", word(random), List.of(place, "5", "100"));
            case 1 -> new TransferCommand("MV", word(random), List.of(place + "/disk.0", place + "/disk.0", "5", "9"));
            case 2 -> new TransferCommand("LN", word(random), List.of(word(random), place + "/disk.3", "5", "9"));
            default ->
                new TransferCommand(
                        "X" + word(random),
                        word(random),
                        Stream.generate(() -> word(random))
                                .limit(random.nextInt(5))
                                .toList());
        };
    }

    /** Anything that isn't blank, with a predilection for what shells like. */
    private static String word(Random random) {
        var characters =
                "ab1/:.-_$(){}'\"\\;&|<>*?~#!=äß€\u00a0\u2028🚀".codePoints().toArray();
        return IntStream.range(0, 1 + random.nextInt(12))
                .map(_ -> characters[random.nextInt(characters.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String written(List<TransferCommand> commands, Random random) {
        var text = new StringBuilder();
        for (var command : commands) {
            text.append(List.of("", "\n", "# a comment\n", "  \t\n").get(random.nextInt(4)));
            var words = Stream.concat(Stream.of(command.verb(), command.driver()), command.arguments().stream());
            text.append(words.collect(
                            Collectors.joining(List.of(" ", "  ", "\t").get(random.nextInt(3)))))
                    .append(List.of("\n", " \n", "\r\n").get(random.nextInt(3)));
        }
        return text.toString();
    }

    private static void assertRefused(String code, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.next()).isNotEmpty();
            assertThat(failure.what().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1000);
        });
    }
}
