package io.berth.storage.files;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Hosts on which the real helper's commands run, without guard and connection, each with a folder of this machine for the one
 * that all of them name the same: one and the same folder, or each another. What makes hosts different is faked, the
 * kernel's boot id.
 */
final class HelperHosts implements HostTransport {
    private static final Path HELPER = build();
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

    private final String named;
    private final Map<HostRef, Path> folders = new HashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final Deque<String> ways = new ArrayDeque<>();
    private final Path scratch;

    /**
     * @param named the datastore's folder as all hosts call it
     * @param scratch a folder for what the fakes need
     */
    HelperHosts(String named, Path scratch) {
        this.scratch = scratch;
        this.named = named;
    }

    private static Path build() {
        var sources = Path.of(System.getProperty("berth.root", "../.."), "host-helper")
                .toAbsolutePath()
                .normalize();
        try {
            var make = new ProcessBuilder("make", "-s", "-C", sources.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!make.waitFor(5, TimeUnit.MINUTES) || make.exitValue() != 0) {
                throw new IllegalStateException("host-helper could not be built");
            }
            return sources.resolve("build/berth-host");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    void mount(HostRef host, Path folder) {
        folders.put(host, folder);
    }

    void fail(HostRef host) {
        folders.remove(host);
    }

    Path folder(HostRef host) {
        return Objects.requireNonNull(folders.get(host));
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        var folder = folders.get(host);
        if (folder == null) {
            throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "no answer")
                    .host(host)
                    .next("look what is there")
                    .build();
        }
        commands.add(host + " " + command);
        if (command.argv().contains(BOOT_ID)) {
            return FakeHelperTransport.ok("the kernel of " + host + "\n");
        }
        var argv = new ArrayList<>(List.of(HELPER.toString()));
        command.argv().stream().skip(1).map(word -> translate(word, folder)).forEach(argv::add);
        if (command.argv().get(1).equals("directory-send")) {
            argv.set(7, HELPER.toString());
            argv.set(9, login(new HostRef(argv.get(8)), folder).toString());
        }
        var result = run(argv, command.stdin());
        result.output().lines().forEach(command.outputLines());
        return result;
    }

    /** What stands on the way between two hosts, as a filter; once. */
    void onTheNextWay(String filter) {
        ways.add(filter);
    }

    /** What went over the last way, in bytes. */
    long sent() {
        return scratch.resolve("sent").toFile().length();
    }

    /** A fake ssh: the other host has its own folder where the first one has its. */
    private Path login(HostRef host, Path from) {
        var filter = ways.isEmpty() ? "cat" : ways.removeFirst();
        var script = scratch.resolve("ssh");
        var other = folders.get(host);
        try {
            Files.writeString(script, """
                    #!/bin/bash
                    for line; do :; done
                    export BERTH_STATE='%1$s/state'
                    %2$s | tee '%1$s/sent' | %3$s
                    """.formatted(
                            scratch,
                            filter,
                            other == null
                                    ? "(exit 255)"
                                    : "unshare -m sh -c \"mount --bind '%s' '%s' && $line\"".formatted(other, from)));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    private String translate(String word, Path folder) {
        return word.equals(named) || word.startsWith(named + "/") ? folder + word.substring(named.length()) : word;
    }

    private static CommandResult run(List<String> argv, byte[] stdin) {
        try {
            var process = new ProcessBuilder(argv).start();
            process.getOutputStream().write(stdin);
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult(process.waitFor(), output, error, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}
}
