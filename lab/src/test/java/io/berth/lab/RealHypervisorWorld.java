package io.berth.lab;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.hypervisor.libvirt.LibvirtDriver;
import io.berth.hypervisor.libvirt.LibvirtSettings;
import io.berth.tck.HypervisorWorld;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The libvirt driver with real guests, on loop devices of both hosts over files that both see. */
final class RealHypervisorWorld implements HypervisorWorld {
    private static final AtomicLong WORLDS = new AtomicLong();
    private static final AtomicLong CALLS = new AtomicLong();
    /** Ten ticks' time. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Lab lab;
    private final HypervisorDriver driver;
    private final List<GuestTemplate> templates;
    private final List<GuestTemplate> started = new ArrayList<>();
    private final long number = WORLDS.incrementAndGet();
    private int devices;

    RealHypervisorWorld(Lab lab, HostTransport transport, List<GuestTemplate> templates) {
        this.lab = lab;
        this.driver = new LibvirtDriver(transport, LibvirtSettings.defaults());
        this.templates = templates;
    }

    @Override
    public HypervisorDriver driver() {
        return driver;
    }

    @Override
    public HostRef first() {
        return Site.H1;
    }

    @Override
    public HostRef second() {
        return Site.H2;
    }

    /** Worlds share guests, so each has an epoch of its own; each call is another operation's. */
    @Override
    public Call call(VmRef vm) {
        return Call.of(new FencingToken(vm, number, new OperationId("call%06d".formatted(CALLS.incrementAndGet()))));
    }

    @Override
    public VmRef startGuest(Kind kind) {
        var template = templates.get(started.size());
        started.add(template);
        template.start(kind == Kind.PERSISTENT);
        var vm = new VmRef(template.uuid(), template.name());
        awaitTick(vm);
        return vm;
    }

    @Override
    public Pulse pulse(VmRef vm) {
        return Console.of(lab, vm.name()).last();
    }

    @Override
    public Pulse awaitTick(VmRef vm) {
        var before = pulse(vm);
        Waiting.until("a tick of " + vm, Duration.ofMinutes(1), () -> !pulse(vm).equals(before));
        return pulse(vm);
    }

    @Override
    public boolean isSilent(VmRef vm) {
        var before = pulse(vm);
        return !Waiting.holdsWithin(SILENCE, () -> !pulse(vm).equals(before));
    }

    @Override
    public SharedDevice device(DataSize size) {
        var file = "device-" + number + "-" + devices++;
        try (var opened = new RandomAccessFile(lab.shared().resolve(file).toFile(), "rw")) {
            opened.setLength(Math.ceilDiv(size.bytes(), 4096) * 4096);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LoopPair(file, new DataSize(Math.ceilDiv(size.bytes(), 4096) * 4096), new HashMap<>());
    }

    /** A device of each host over one file, made when it is asked for. */
    private final class LoopPair implements SharedDevice {
        private final String file;
        private final DataSize size;
        private final Map<HostRef, DevicePath> paths;

        LoopPair(String file, DataSize size, Map<HostRef, DevicePath> paths) {
            this.file = file;
            this.size = size;
            this.paths = paths;
        }

        @Override
        public DataSize size() {
            return size;
        }

        @Override
        public DevicePath on(HostRef host) {
            var path = paths.computeIfAbsent(
                    host,
                    at -> new DevicePath(
                            lab.in(at.name(), "losetup", "--find", "--show", "--direct-io=on", "/srv/berth/" + file)
                                    .orFail()
                                    .output()));
            lab.in(host.name(), "blockdev", "--flushbufs", path.path()).orFail();
            return path;
        }
    }

    @Override
    public void leavePartialImage(SharedDevice device, VmRef vm) {
        var template = templates.stream()
                .filter(candidate -> candidate.uuid().equals(vm.uuid()))
                .findFirst()
                .orElseThrow();
        try {
            var image = Files.readAllBytes(template.image());
            var part = Arrays.copyOf(image, 8 << 20);
            System.arraycopy("LibvirtQemudPart".getBytes(StandardCharsets.US_ASCII), 0, part, 0, 16);
            var path = device.on(first()).path();
            lab.in(first().name(), part, List.of("dd", "of=" + path, "bs=1M", "iflag=fullblock", "conv=fsync,notrunc"))
                    .orFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (var template : started) {
            for (var host : List.of("h1", "h2")) {
                lab.in(host, "virsh", "destroy", template.name());
                lab.in(host, "virsh", "undefine", template.name());
            }
        }
        LoopDevices.of(lab).release("/device-" + number + "-");
        try (var files = Files.newDirectoryStream(lab.shared(), "device-" + number + "-*")) {
            for (var file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
