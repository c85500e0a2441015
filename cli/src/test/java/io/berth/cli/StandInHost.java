package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole of Berth from command line to host helper, on one host that scripts stand in for: its ssh starts the real
 * helper here, its virsh knows one running guest, its losetup has no free device. So a suspend is begun and undone.
 */
final class StandInHost {
    static final String UUID = "3f0c1a52-7d6e-4b8f-9a01-5c2d3e4f6071";
    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    final Path home;
    final Path store;
    private final Path programs;
    private final Path asked;

    private StandInHost(Path folder) {
        this.home = folder.resolve("home");
        this.store = folder.resolve("store");
        this.programs = folder.resolve("programs");
        this.asked = folder.resolve("asked");
    }

    /** What a command line ended with. */
    record Answer(int code, String output, String errors) {}

    /** @param guestName of the one guest */
    static StandInHost in(Path folder, String guestName) throws IOException {
        System.setProperty(
                "berth.host-helper", ROOT.resolve("host-helper/build").toString());
        var host = new StandInHost(folder);
        for (var made : List.of(host.home, host.store, host.programs)) {
            Files.createDirectory(made);
        }
        host.configure("folder: " + host.store);
        Files.writeString(folder.resolve("guest"), guestName);
        host.connects(guestName);
        var added = host.berth("host", "add", "h1", "--address", "one.invalid");
        if (added.code() != 0) {
            throw new IllegalStateException("the stand-in was not added: " + added);
        }
        return host;
    }

    /** @param folder the line that says where the datastore is */
    void configure(String folder) throws IOException {
        configure("loop", folder);
    }

    void configure(String driver, String folder) throws IOException {
        Files.writeString(home.resolve("berth.yaml"), """
                datastores:
                  fast:
                    driver: %s
                    %s
                ssh:
                  program: %s/ssh
                """.formatted(driver, folder, programs));
    }

    private void connects(String guestName) throws IOException {
        var standIns = ROOT.resolve("cli/src/main/aot/stand-ins");
        program("ssh", """
                BERTH_TRAINING_NAME='%s' BERTH_TRAINING_HELPER='%s' BERTH_STATE='%s'
                PATH=%s:%s:$PATH
                export BERTH_TRAINING_NAME BERTH_TRAINING_HELPER BERTH_STATE PATH
                exec '%s/ssh' "$@"
                """.formatted(
                        guestName.replace("'", "'\\''"),
                        ROOT.resolve("host-helper/build/berth-host"),
                        home.resolveSibling("state"),
                        programs,
                        standIns,
                        standIns));
    }

    /** From now on ssh says so and ends. */
    void refuses(String complaint) throws IOException {
        program("ssh", "echo '" + complaint + "' >&2; exit 255");
    }

    /** From now on what virsh answers passes through that command of sed, and what it was asked is written down. */
    void changesVirshsAnswers(String change) throws IOException {
        program("virsh", """
                printf '%%s\\n' "$*" >> '%s'
                answer=$('%s/virsh' "$@")
                code=$?
                printf '%%s\\n' "$answer" | sed -e "%s"
                exit $code
                """.formatted(asked, ROOT.resolve("cli/src/main/aot/stand-ins"), change));
    }

    /** What {@link #changesVirshsAnswers} has written down. */
    String asked() throws IOException {
        return Files.readString(asked);
    }

    /** Replaces a program on the host. */
    void program(String name, String script) throws IOException {
        var file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Answer berth(String... arguments) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var words = Stream.concat(Stream.of("--home", home.toString()), Stream.of(arguments));
        var code = Main.run(
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                words.toArray(String[]::new));
        return new Answer(code, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    /** Names in the datastore's folder. */
    String stored() throws IOException {
        try (var files = Files.list(store)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.joining(" "));
        }
    }

    /** Neither in the datastore nor in the journal. */
    void assertNothingLeft() throws IOException {
        assertThat(stored()).isEmpty();
        assertThat(berth("operation", "list", "--csv").output().lines().skip(1)).isEmpty();
    }
}
