package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A host with libvirt, as far as the driver can see: a few domains, processes, one device. Questions are answered from
 * its fields; what changes something is answered by what a test put in with {@link #on}, or refused.
 */
final class FakeLibvirtHost implements HostTransport {
    static final HostRef NAME = new HostRef("h1");
    private static final Set<String> NEEDS_LIBRARY = Set.of(
            "guest-look",
            "guest-definitions",
            "guest-settled",
            "guest-pause",
            "guest-resume",
            "guest-destroy",
            "guest-undefine");

    /** What the helper does through libvirt's library, by virsh's words. */
    private static final Map<String, String> DEEDS = Map.of(
            "guest-pause", "suspend",
            "guest-resume", "resume",
            "guest-destroy", "destroy",
            "guest-undefine", "undefine");

    private static final int ENDED_BY_ALARM = 142;

    private static final Pattern MARK = Pattern.compile("; echo (berth-[0-9a-f-]+); ");

    final Map<UUID, FakeDomain> domains = new LinkedHashMap<>();
    final Map<Long, UUID> processes = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    byte[] device = new byte[4 << 20];
    long bytesWritten;
    String job = "Job type: 0\n";
    String blockJob = "";
    String snapshots = "";
    String autostarted = "";
    String liveDefinition = Golden.text("live.xml");
    boolean answersDommemstat = true;
    boolean hasLibrary = true;
    /** Happens before each look at guests. */
    Runnable meanwhile = () -> {};

    private final Map<String, Function<HostCommand, CommandResult>> handlers = new HashMap<>();

    /** Name, libvirt's numbers for state and reason, and whether the host keeps it. */
    record FakeDomain(String name, int state, int reason, boolean persistent) {}

    void guest(int state, int reason, boolean persistent) {
        domains.put(Golden.GUEST, new FakeDomain(Golden.NAME, state, reason, persistent));
        if (state != 5) {
            processes.put(100L, Golden.GUEST);
        }
    }

    void gone() {
        domains.clear();
        processes.clear();
    }

    /** @param word the virsh or helper command, {@code destroy} */
    void on(String word, Function<HostCommand, CommandResult> handler) {
        handlers.put(word, handler);
    }

    /** Does {@code change} when the command comes, and answers with success. */
    void on(String word, Runnable change) {
        on(word, command -> {
            change.run();
            return ok("");
        });
    }

    List<String> words() {
        return List.copyOf(log);
    }

    static CommandResult ok(String output) {
        return new CommandResult(0, output, "", false);
    }

    static CommandResult error(int code, String complaint) {
        return new CommandResult(code, "", complaint, false);
    }

    static CommandResult virshError(String complaint) {
        return error(1, "error: Failed\nerror: " + complaint + "\n");
    }

    @Override
    public synchronized CommandResult run(HostRef host, HostCommand command) {
        var argv = command.argv();
        if (!hasLibrary && NEEDS_LIBRARY.contains(argv.get(Math.min(1, argv.size() - 1)))) {
            return error(Question.NO_LIBRARY, "unreachable: no library\n");
        }
        var word = word(argv);
        log.add(word);
        var handler = handlers.get(word);
        if (handler != null) {
            return handler.apply(command);
        }
        if (argv.getFirst().equals(HostCommand.HELPER)) {
            return helper(argv);
        }
        return switch (argv.getFirst()) {
            case "readlink" -> ok("/dev/loop7\n");
            case "cat" -> ok("0 0 0 0 1 0 " + bytesWritten / 512 + " 0 0 0 0\n");
            case "env", "timeout" -> virsh(argv.getLast().contains(";") ? argv.getLast() : afterQuiet(argv));
            default -> throw new AssertionError("nobody expected " + argv);
        };
    }

    private static String word(List<String> argv) {
        var quiet = argv.indexOf("--quiet");
        if (argv.getFirst().equals(HostCommand.HELPER) && quiet < 0) {
            return DEEDS.getOrDefault(argv.get(1), argv.get(1));
        }
        return quiet < 0 ? argv.getFirst() : argv.get(quiet + 1).split(" ")[0];
    }

    private static String afterQuiet(List<String> argv) {
        return String.join(" ", argv.subList(argv.indexOf("--quiet") + 1, argv.size()));
    }

    private CommandResult helper(List<String> argv) {
        return switch (argv.get(1)) {
            case "guest-look" -> ok(look(argv.size() < 4 ? "" : argv.get(3)));
            case "guest-definitions" ->
                domains.isEmpty()
                        ? virshError("Domain not found")
                        : ok(Golden.text("migratable.xml") + argv.get(4) + liveDefinition);
            case "guest-settled" ->
                answersDommemstat ? ok(job + argv.get(4)) : error(ENDED_BY_ALARM, job + argv.get(4));
            case "guest-processes" -> ok(processes(argv.size() < 3 ? "" : argv.get(2), ""));
            case "device-read" -> deviceRead(Long.parseLong(argv.get(3)), Integer.parseInt(argv.get(4)));
            case "device-size" -> ok(device.length + "\n");
            case "device-prefetch" -> ok("");
            default -> throw new AssertionError("nobody expected " + argv);
        };
    }

    /** As the helper does it: domains, then processes, which a test may let end in between. */
    private String look(String only) {
        meanwhile.run();
        return domains.entrySet().stream()
                        .filter(entry ->
                                only.isEmpty() || entry.getKey().toString().equals(only))
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + processes(only, "process ");
    }

    private static String line(UUID vm, FakeDomain domain) {
        var name = HexFormat.of().formatHex(domain.name().getBytes(StandardCharsets.UTF_8));
        return "domain " + vm + " " + domain.state() + " " + domain.reason() + " "
                + (domain.persistent() ? "kept" : "transient") + " " + name + "\n";
    }

    private String processes(String only, String prefix) {
        return processes.entrySet().stream()
                .filter(entry -> only.isEmpty() || entry.getValue().toString().equals(only))
                .map(entry -> prefix + entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private CommandResult deviceRead(long offset, int length) {
        if (offset + length > device.length) {
            return error(20, "short: the device ends");
        }
        var bytes = Arrays.copyOfRange(device, (int) offset, (int) offset + length);
        return ok(Base64.getMimeEncoder().encodeToString(bytes) + "\n");
    }

    private CommandResult virsh(String line) {
        var mark = MARK.matcher(line);
        if (!mark.find()) {
            return question(line);
        }
        var answers = new ArrayList<String>();
        var code = 0;
        for (var question : line.split(Pattern.quote(mark.group()))) {
            var result = question(question);
            answers.add(result.output());
            code = result.exitCode();
        }
        return new CommandResult(code, String.join(mark.group(1), answers), "", false);
    }

    private CommandResult question(String question) {
        var words = question.split(" ");
        if (words.length > 1 && isGuest(words[words.length - 1]) && domains.isEmpty()) {
            return virshError("failed to get domain");
        }
        return switch (words[0]) {
            case "list" -> ok(question.contains("--autostart") ? autostarted : list(question.contains("--persistent")));
            case "domstats" -> ok(states());
            case "domjobinfo" -> ok(job);
            case "dommemstat" -> answersDommemstat ? ok(Golden.text("dommemstat.txt")) : error(124, "");
            case "dumpxml" ->
                ok(
                        question.contains("--migratable")
                                ? Golden.text("migratable.xml")
                                : question.contains("--inactive") ? Golden.text("inactive.xml") : liveDefinition);
            case "version" -> ok(Golden.text("version.txt"));
            case "snapshot-list" -> ok(snapshots);
            case "checkpoint-list" -> ok("");
            case "blockjob" -> ok(blockJob);
            case "domcapabilities" -> ok(Golden.text("domcapabilities.xml"));
            case "capabilities" -> ok(Golden.text("capabilities.xml"));
            case "hypervisor-cpu-compare" -> ok("superset\n");
            default -> throw new AssertionError("nobody expected " + question);
        };
    }

    private static boolean isGuest(String word) {
        return word.equals(Golden.GUEST.toString());
    }

    private String list(boolean persistentOnly) {
        return domains.entrySet().stream()
                .filter(entry -> !persistentOnly || entry.getValue().persistent())
                .map(entry -> entry.getKey()
                        + (persistentOnly ? "" : " " + entry.getValue().name()) + "\n")
                .collect(Collectors.joining());
    }

    private String states() {
        return domains.values().stream()
                .map(domain -> "Domain: '" + domain.name() + "'\n  state.state=" + domain.state() + "\n  state.reason="
                        + domain.reason() + "\n\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() {}
}
