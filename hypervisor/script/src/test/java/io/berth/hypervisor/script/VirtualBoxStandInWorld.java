package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.storage.files.FileDevices;
import io.berth.storage.files.LocalProcesses;
import io.berth.tck.HypervisorWorld;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two hosts on which the example's scripts are run for real, with a stand-in for {@code VBoxManage} whose machines do
 * nothing but count. A device is a file that both hosts see. Nothing needs root.
 */
final class VirtualBoxStandInWorld implements HypervisorWorld {
    private static final Duration LONGER_THAN_TICKS = Duration.ofMillis(700);

    final Path root;
    final Path scripts;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<VmRef, Pulse> heard = new HashMap<>();
    final ProcessTransport transport = new ProcessTransport(this::execute);
    private final HypervisorDriver driver;

    VirtualBoxStandInWorld() {
        try {
            root = Files.createTempDirectory("berth virtualbox").toRealPath();
            scripts = Files.createDirectory(root.resolve("scripts"));
            var example = Path.of(System.getProperty("berth.root", "."), "examples", "script-hypervisor");
            try (var files = Files.list(example)) {
                for (var file : files.toList()) {
                    Files.copy(file, scripts.resolve(file.getFileName()));
                }
            }
            var program = Files.createDirectory(root.resolve("bin")).resolve("VBoxManage");
            try (var standIn = Objects.requireNonNull(getClass().getResourceAsStream("/VBoxManage-stand-in"))) {
                Files.copy(standIn, program);
            }
            makeExecutable(program);
            for (var host : List.of(first(), second())) {
                Files.createDirectory(machines(host));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var parameters = new TreeMap<>(Map.of("folder", root.resolve("restored").toString()));
        driver = new ScriptHypervisor(
                new ScriptHypervisorSettings(scripts.toString(), parameters), transport, new FileDevices());
    }

    /** Another script in place of the one of that name. */
    void replace(String name, String text) {
        try {
            Files.writeString(scripts.resolve(name), text);
            makeExecutable(scripts.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line more at that script's end. */
    void append(String name, String line) {
        try {
            Files.writeString(scripts.resolve(name), line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path machines(HostRef host) {
        return root.resolve("machines-" + host.name());
    }

    private CommandResult execute(HostRef host, List<String> argv, byte[] stdin) {
        return new LocalProcesses(root, root.resolve("bin"))
                .run(argv, stdin, Map.of("STANDIN", machines(host).toString()));
    }

    private void manage(String... words) {
        var argv = new ArrayList<>(List.of(root.resolve("bin/VBoxManage").toString()));
        argv.addAll(List.of(words));
        var result = execute(first(), argv, new byte[0]);
        if (!result.succeeded()) {
            throw new IllegalStateException(result.errorOutput());
        }
    }

    @Override
    public HypervisorDriver driver() {
        return driver;
    }

    @Override
    public HostRef first() {
        return new HostRef("h1");
    }

    @Override
    public HostRef second() {
        return new HostRef("h2");
    }

    @Override
    public Call call(VmRef vm) {
        return Call.of(new FencingToken(vm, 1, new OperationId("operation" + number.incrementAndGet())));
    }

    @Override
    public VmRef startGuest(Kind kind) {
        return startGuest(kind, "");
    }

    /** One whose settings name a disk. */
    VmRef startGuestWith(String disk) {
        return startGuest(
                Kind.TRANSIENT,
                "<MediaRegistry><HardDisks>\n<HardDisk uuid=\"{%s}\" location=\"%s\" format=\"VDI\"/>\n</HardDisks></MediaRegistry>"
                        .formatted(UUID.randomUUID(), disk));
    }

    private VmRef startGuest(Kind kind, String media) {
        var vm = new VmRef(UUID.randomUUID(), "counter " + number.incrementAndGet());
        try {
            var folder = Files.createDirectory(root.resolve("machine-" + vm.uuid()));
            var settings = Files.writeString(folder.resolve("it.vbox"), """
                    <?xml version="1.0"?>
                    <VirtualBox xmlns="http://www.virtualbox.org/" version="1.19-linux">
                      <Machine uuid="{%s}" name="%s" OSType="Linux_64"/>
                      %s
                    </VirtualBox>
                    """.formatted(vm.uuid(), vm.name(), media));
            manage("registervm", settings.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (kind == Kind.TRANSIENT) {
            manage("setextradata", vm.uuid().toString(), "berth/kept", "no");
        }
        manage("startvm", vm.uuid().toString(), "--type", "headless");
        awaitTick(vm);
        return vm;
    }

    @Override
    public Pulse pulse(VmRef vm) {
        for (var host : List.of(first(), second())) {
            var machine = machines(host).resolve(vm.uuid().toString());
            if (Files.exists(machine) && !word(machine, "nonce").isEmpty()) {
                var ticks = Long.parseLong(word(machine, "ticks"));
                var since = word(machine, "state").equals("running")
                        ? System.currentTimeMillis() / 200 - Long.parseLong(word(machine, "since"))
                        : 0;
                heard.put(vm, new Pulse(word(machine, "nonce"), ticks + since));
            }
        }
        return heard.getOrDefault(vm, new Pulse("", 0));
    }

    private static String word(Path machine, String name) {
        try {
            return Files.readString(machine.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Pulse awaitTick(VmRef vm) {
        var before = pulse(vm);
        var now = before;
        for (var looks = 0; now.equals(before); looks++) {
            if (looks > 1000) {
                throw new AssertionError("no tick of " + vm);
            }
            sleep(Duration.ofMillis(10));
            now = pulse(vm);
        }
        return now;
    }

    @Override
    public boolean isSilent(VmRef vm) {
        var before = pulse(vm);
        sleep(LONGER_THAN_TICKS);
        return pulse(vm).equals(before);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A file that both hosts see. */
    private record SharedFile(DataSize size, DevicePath path) implements SharedDevice {
        @Override
        public DevicePath on(HostRef host) {
            return path;
        }
    }

    @Override
    public SharedDevice device(DataSize size) {
        var path = root.resolve("device " + number.incrementAndGet());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SharedFile(size, new DevicePath(path.toString()));
    }

    @Override
    public void leavePartialImage(SharedDevice device, VmRef vm) {
        var frame = new ImageFrame(false, vm.uuid(), false, DataSize.ZERO, "<VirtualBox/>");
        new FileDevices().write(call(vm), first(), device.on(first()), 0, frame.encode());
    }

    @Override
    public void close() {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
